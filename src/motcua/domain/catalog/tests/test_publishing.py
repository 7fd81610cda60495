"""Publishing an edition, and everything that stands in its way."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from motcua.domain.catalog import commands, queries
from motcua.domain.catalog.policy import POLICY
from motcua.domain.catalog.tests.conftest import Registry
from motcua.domain.catalog.tests.example import EDITION, FORM, LAW
from motcua.domain.forms import commands as forms
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.errors import Invalid, Missing


def told(registry: Registry, **changes: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        registry.publish(**changes)
    return {problem.field: str(problem.sentence) for problem in caught.value.problems}


def changed(key: str, at: int, **more: Any) -> dict[str, Any]:
    items = deepcopy(EDITION[key])
    items[at] |= more
    return {key: items}


def test_the_same_edition_is_published_once_and_a_new_one_gets_the_next_number(registry_: Registry) -> None:
    first = registry_.publish()
    assert registry_.publish() == first
    second = registry_.publish(valid_from="2027-01-01")
    assert [row.number for row in queries.editions_of("9.000001")] == [2, 1]
    assert queries.current_edition("9.000001", date(2026, 12, 31)).id == first
    assert queries.current_edition("9.000001", date(2027, 1, 1)).id == second
    with pytest.raises(Missing):
        queries.current_edition("9.000001", date(2026, 6, 30))
    procedure = queries.procedure("9.000001")
    kinds = [event.kind for event in journal.history(procedure.id)]
    assert kinds == ["procedure.registered", "edition.published", "edition.published"]


def test_a_published_edition_keeps_its_form(registry_: Registry) -> None:
    edition = queries.edition(registry_.publish())
    newer = deepcopy(FORM) | {"title": "Tờ khai mới"}
    form = forms.publish_form(key="dog", content=newer, actor=registry_.actor, at=registry_.at)
    assert queries.edition(edition.id).form.title == "Tờ khai đăng ký nuôi chó"
    assert queries.edition(registry_.publish(form=form)).form.title == "Tờ khai mới"


@pytest.mark.parametrize(
    ("changes", "place", "word"),
    [
        (changed("cases", 0, condition="breedr"), "cases[0].condition", "breedr"),
        (changed("cases", 0, condition="commune"), "cases[0].condition", "bool"),
        (changed("cases", 0, condition=""), "cases", "đúng một trường hợp"),
        ({"case_field": "poor"}, "case_field", "chọn một"),
        (changed("components", 1, cases=["cat"]), "components[1].cases", "cat"),
        (changed("components", 0, cases=["breeder"], condition=""), "components", ""),
        (changed("limits", 0, case="breeder"), "limits", "chưa có thời hạn"),
        (changed("limits", 0, shortened={"amount": 6, "unit": "working_days", "ground": LAW}), "limits[0].shortened", "dài hơn"),
        (changed("limits", 0, law={"amount": 5, "unit": "working_days"}), "limits[0].law.ground", "chưa có căn cứ"),
        (changed("limits", 2, way="post"), "limits[2].way", "không mở"),
        (changed("fees", 0, each="cats"), "fees[0].each", "cats"),
        (changed("fees", 0, amount="'x'"), "fees[0].amount", "int"),
        (changed("fees", 0, ground="Luật Nào Đó"), "fees[0].ground", "Luật Nào Đó"),
        (changed("fees", 1, way=None), "fees", "hai lần"),
        (changed("results", 0, cases=["pet"]), "results", "Nuôi để bán"),
        ({"places": EDITION["places"][:1]}, "places", "vet"),
        ({"places": EDITION["places"][1:]}, "places", "competent"),
        (changed("places", 1, codes={"H90.31": "H90.9"}), "places[1].codes", "Xã Hai"),
        ({"process_data": {"few": "true"}}, "process_data.few", "few"),
        ({"process_data": {"many": "size(dogs)"}}, "process_data.many", "bool"),
        ({"step_words": {"sniff": "x"}}, "step_words.sniff", "sniff"),
        ({"grounds": [{"act": "Luật Mèo"}]}, "grounds[0]", "Luật Mèo"),
        ({"decisions": EDITION["decisions"][:1]}, "decisions", "Quyết định phê duyệt"),
        (changed("decisions", 0, effective_on="2026-07-02"), "decisions[0]", "1/QĐ"),
        ({"valid_from": "2016-06-30"}, "grounds[0]", "không có hiệu lực"),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_said_with_its_place(
    registry_: Registry, changes: dict[str, Any], place: str, word: str
) -> None:
    if place == "grounds[0]" and "valid_from" in changes:
        registry_.at = registry_.at.replace(year=2016, month=6)
    if word == "":  # the other component still covers both cases: nothing stands in the way
        assert registry_.publish(**changes)
        return
    found = told(registry_, **changes)
    assert word in found[place]


def test_everything_is_said_at_once(registry_: Registry) -> None:
    found = told(
        registry_, cases=[], components=[], channels=[], limits=[], results=[], places=[], grounds=[], decisions=[]
    )
    assert {"cases", "channels", "places", "grounds", "decisions"} <= found.keys()


def test_a_misspelt_attribute_is_found(registry_: Registry) -> None:
    assert "cases[0].conditon" in told(registry_, **changed("cases", 0, conditon="x"))


def test_a_process_that_needs_more_time_than_the_limit_is_refused(registry_: Registry) -> None:
    minutes = {"amount": 100, "unit": "minutes", "ground": LAW}
    found = told(registry_, limits=[{"law": minutes}])
    assert "vượt thời hạn" in found["process."]


def test_in_production_a_ground_nobody_has_read_blocks_publishing(registry_: Registry) -> None:
    POLICY.checked_grounds_only = True
    assert "chưa đối chiếu" in told(registry_)["grounds[0]"]
    for ground in queries.all_grounds():
        commands.check_ground(ground_id=ground.id, text="Điều 1. …", actor=registry_.actor, at=registry_.at)
    assert registry_.publish()


def test_a_procedure_nobody_registered_is_not_published(registry_: Registry) -> None:
    with pytest.raises(Missing):
        registry_.publish(procedure="9.999999")


def test_of_several_validities_the_one_of_the_day_counts_and_a_lapsed_act_is_not_printed(registry_: Registry) -> None:
    edition = queries.edition(registry_.publish())
    later, end = date(2027, 1, 1), date(2026, 12, 31)

    def state(valid_from: date, valid_to: date | None) -> None:
        commands.state_ground(act=LAW, valid_from=valid_from, valid_to=valid_to, actor=registry_.actor, at=registry_.at)

    state(date(2016, 7, 1), end)
    assert [ground.act for ground in queries.grounds_of(edition, later)] == ["Nghị quyết 1/2026/NQ-HĐND"]
    state(later, None)
    assert {ground.valid_from for ground in queries.grounds_of(edition, later)} == {later, None}
    assert {ground.valid_from for ground in queries.grounds_of(edition, end)} == {date(2016, 7, 1), None}
