"""Publishing forms, saving drafts, freezing."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from motcua.domain.forms import commands, queries
from motcua.domain.forms.tests.example import EXAMPLE, RIGHT
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Invalid, Missing, Stale, WrongState
from motcua.foundation.kernel.identifiers import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(actor: Actor, at: datetime) -> UUID:
    return commands.publish_form(key="example", content=EXAMPLE, actor=actor, at=at)


@pytest.fixture
def save(version: UUID, actor: Actor, at: datetime) -> Any:
    subject = new_id()

    def _save(changes: dict[str, Any], expected: int | None = None, **sources: str) -> Any:
        named = {path.replace("__", "-"): source for path, source in sources.items()}
        return commands.save_answers(
            subject_id=subject, form_version_id=version, changes=changes, sources=named,
            expected=expected, actor=actor, at=at,
        )  # fmt: skip

    _save.subject = subject  # type: ignore[attr-defined]  # a test's shorthand
    return _save


def test_a_form_is_published_once_per_content(version: UUID, actor: Actor, at: datetime) -> None:
    assert commands.publish_form(key="example", content=EXAMPLE, actor=actor, at=at) == version
    changed = deepcopy(EXAMPLE) | {"title": "Đơn mới"}
    second = commands.publish_form(key="example", content=changed, actor=actor, at=at)
    assert queries.form_version(second).version == 2
    assert queries.form(version).title == "Đơn thử"
    newest = queries.latest("example")
    assert newest is not None
    assert newest.id == second
    assert [row.id for row in queries.latest_versions() if row.key == "example"] == [second]


def test_a_broken_form_is_not_published(actor: Actor, at: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        commands.publish_form(
            key="example", content={"key": "example", "title": "", "sections": []}, actor=actor, at=at
        )
    assert "chưa có trang" in str(caught.value)
    with pytest.raises(Missing):
        queries.form(new_id())


def test_a_draft_keeps_what_is_unfinished_and_what_is_hidden(save: Any) -> None:
    save({"lost": True, "lost_on": "2025-01-02", "phone": "09"})
    kept = save({"lost": False})
    assert kept.version == 2
    assert kept.values == {"lost": False, "lost_on": "2025-01-02", "phone": "09"}
    assert "phone" not in save({"phone": None}).values


def test_unknown_questions_wrong_types_and_strange_characters_are_refused(save: Any) -> None:
    for wrong in ({"nobody": 1}, {"phone": 912345678}, {"members": "x"}, {"phone": "0\x00"}, {"owner": {"x": "y"}}):
        with pytest.raises(Invalid):
            save(wrong)


def test_two_people_on_different_questions_do_not_hinder_each_other(save: Any) -> None:
    save({"phone": "0912345678"}, expected=0)
    save({"lost": True}, expected=1)
    assert save({"email": "a@example.vn"}, expected=1).version == 3
    with pytest.raises(Stale) as caught:
        save({"lost": False, "price": 5}, expected=1)
    assert caught.value.details["changed"] == {"lost": True}
    assert queries.answers(save.subject).version == 3


def test_a_source_lasts_until_the_value_is_typed_over(save: Any) -> None:
    owner = {"full_name": "An", "personal_number": "045085000123"}
    save({"owner": owner}, owner__full_name="dân cư", owner__personal_number="dân cư")
    again = save({"owner": owner | {"full_name": "Anh"}})
    assert again.sources == {"owner-personal_number": "dân cư"}


@pytest.mark.requirement("TT11-12.1d")
def test_freezing_checks_everything_drops_the_hidden_and_is_kept_in_history(
    save: Any, actor: Actor, at: datetime
) -> None:
    save(RIGHT | {"lost_on": "2025-01-02", "phone": ""})
    with pytest.raises(Invalid) as caught:
        commands.freeze_answers(subject_id=save.subject, actor=actor, at=at)
    assert [problem.field for problem in caught.value.problems] == ["phone"]
    save({"phone": "0912345678"})
    frozen = commands.freeze_answers(subject_id=save.subject, expected=2, actor=actor, at=at)
    assert frozen.frozen_at == at
    assert "lost_on" not in frozen.values
    assert frozen.values["headcount"] == 1.0
    with pytest.raises(WrongState):
        save({"phone": "0912345679"})
    with pytest.raises(WrongState):
        commands.freeze_answers(subject_id=save.subject, actor=actor, at=at)
    [event] = journal.history(save.subject)
    assert event.kind == "answers.frozen"
    assert event.data is not None
    assert event.data["values"] == frozen.values


def test_a_correction_reopens_and_freezes_again(save: Any, actor: Actor, at: datetime) -> None:
    save(RIGHT)
    first = commands.freeze_answers(subject_id=save.subject, actor=actor, at=at)
    commands.reopen_answers(subject_id=save.subject, reason="Sai số điện thoại", actor=actor, at=at)
    save({"phone": "0987654321"})
    second = commands.freeze_answers(subject_id=save.subject, actor=actor, at=at)
    assert second.digest != first.digest
    kinds = [event.kind for event in journal.history(save.subject)]
    assert kinds == ["answers.frozen", "answers.reopened", "answers.frozen"]


def test_what_changed_since_the_review_page_stops_the_freeze(save: Any, actor: Actor, at: datetime) -> None:
    save(RIGHT)
    save({"price": 7})
    with pytest.raises(Stale) as caught:
        commands.freeze_answers(subject_id=save.subject, expected=1, actor=actor, at=at)
    assert caught.value.details["changed"] == {"price": 7}


def test_a_draft_begun_under_an_older_version_keeps_what_still_fits(save: Any, actor: Actor, at: datetime) -> None:
    save(RIGHT)
    newer = deepcopy(EXAMPLE)
    newer["sections"][0]["pages"][0]["items"].pop(2)  # phone is asked no more
    second = commands.publish_form(key="example", content=newer, actor=actor, at=at)
    moved = commands.save_answers(
        subject_id=save.subject, form_version_id=second, changes={"lost": True}, sources={}, expected=None,
        actor=actor, at=at,
    )  # fmt: skip
    assert "phone" not in moved.values
    assert moved.values["use"] == "home"
    assert moved.form_version_id == second
