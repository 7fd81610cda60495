"""A catalogue of statuses is published against what dossiers and processes really do."""

from dataclasses import replace

import pytest

from motcua.domain.dossiers import commands
from motcua.domain.dossiers.commands.publish_statuses import flows, moves
from motcua.domain.dossiers.tests.province import AT, Province
from motcua.domain.statuses import queries as statuses
from motcua.domain.statuses import ready
from motcua.foundation.kernel.actor import system
from motcua.foundation.kernel.errors import Invalid, NotAllowed


@pytest.mark.requirement("TT21-PL2-4.1")
def test_the_catalogue_in_force_allows_every_move_and_every_process(province: Province) -> None:
    assert statuses.contradictions(statuses.current_catalogue(), tuple(moves()), tuple(flows())) == []


@pytest.mark.parametrize("catalogue", [ready.TT11, ready.TT21])
def test_both_circulars_catalogues_can_be_published(province: Province, catalogue: object) -> None:
    before = statuses.current_version().version
    made = commands.publish_statuses(catalogue=catalogue, actor=system("test"), at=AT)  # type: ignore[arg-type]
    assert made.version == before + 1


def test_a_missing_arrow_stops_the_publisher_with_a_sentence(province: Province) -> None:
    catalogue = statuses.current_catalogue()
    broken = replace(catalogue, arrows=())
    with pytest.raises(Invalid):
        commands.publish_statuses(catalogue=broken, actor=system("test"), at=AT)
    with pytest.raises(NotAllowed):
        commands.publish_statuses(catalogue=catalogue, actor=province.desk, at=AT)
