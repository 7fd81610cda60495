"""The history that applicants take along."""

import json
import sys
from pathlib import Path

import pytest

from motcua.domain.dossiers import commands
from motcua.domain.dossiers.tests import test_processing as office
from motcua.domain.dossiers.tests.province import AT

sys.path.insert(0, str(Path(__file__).parents[5] / "verifier"))
import verify_history  # noqa: E402

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("TT21-PL2-20.1")
def test_applicants_take_their_history_along_and_it_holds_without_what_the_office_said_to_itself(citizen, province):
    dossier_id = office.drafted(province)
    commands.finish(
        task_id=office.task(dossier_id).id, action="back", words="Chỉ đạo nội bộ", actor=province.leader, at=AT
    )
    told = json.loads(citizen.get(f"/ho-so/{dossier_id}/lich-su.json").content)
    found = verify_history.check_history(told)
    assert not found.wrong
    kept = {event["header"]["kind"] for event in told["events"] if "payload" in event}
    assert "dossier.submitted" in kept
    assert not kept & {"dossier.task_done", "dossier.step_changed", "dossier.assigned", "task.returned"}


def test_nobody_else_gets_it(neighbour, province):
    neighbour.page(f"/ho-so/{province.received()}/lich-su.json", status=404)
