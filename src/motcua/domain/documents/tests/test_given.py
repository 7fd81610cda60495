"""What is given: owners' documents in fixed versions, papers, data; nothing is ever lost."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.domain.documents import commands, queries
from motcua.domain.documents.tests.factories import AT, CLERK, LAND_RIGHT, a_file, a_type
from motcua.domain.documents.types import Component, DocumentFacts, Form, ItemState, Use, UseKind
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.errors import Invalid, Missing, WrongState

pytestmark = pytest.mark.django_db
LAND = Component("gcn", "Giấy chứng nhận đã cấp", LAND_RIGHT, original=1)


def attach(subject: object, owner: object, content: bytes = b"%PDF one", **options: object) -> Use:
    return commands.attach(
        subject_id=subject,  # type: ignore[arg-type]
        component_key="gcn",
        type_code=a_type(),
        file_id=a_file(content),
        owner_id=owner,  # type: ignore[arg-type]
        source="portal",
        actor=CLERK,
        at=AT,
        **options,  # type: ignore[arg-type]
    )


def test_an_attached_file_meets_its_component_and_is_told_in_the_history() -> None:
    subject, owner = uuid4(), uuid4()
    use = attach(subject, owner, facts=DocumentFacts(name="Sổ đỏ số BK 123456", number="BK 123456"))
    (item,) = queries.checklist(subject, [LAND])
    assert item.state is ItemState.GIVEN
    assert item.uses[0] == use
    assert (use.name, use.version, use.kind, use.given_by) == ("Sổ đỏ số BK 123456", 1, UseKind.FILE, CLERK.principal)
    (event,) = journal.history(subject)
    assert event.kind == "document.attached"
    assert event.data is not None
    assert event.data["component"] == "gcn"


def test_the_same_bytes_are_the_same_version_in_another_dossier() -> None:
    owner = uuid4()
    first, second = attach(uuid4(), owner), attach(uuid4(), owner)
    assert first.version_id == second.version_id
    assert attach(uuid4(), uuid4()).version_id != first.version_id  # another owner's document is another document


def test_replacing_a_file_makes_a_version_and_keeps_the_old_one() -> None:
    subject, owner = uuid4(), uuid4()
    old = attach(subject, owner)
    new = attach(subject, owner, b"%PDF better scan", replaces=old.id)
    assert (new.document_id, new.version) == (old.document_id, 2)
    assert [use.id for use in queries.uses_of(subject)] == [new.id]
    kept = queries.uses_of(subject, also_removed=True)
    assert {use.id for use in kept} == {old.id, new.id}
    assert queries.use(old.id).file_id == old.file_id  # the old use still names the old bytes


def test_a_use_taken_back_is_history_and_cannot_be_taken_back_twice() -> None:
    subject = uuid4()
    use = attach(subject, uuid4())
    commands.detach(use_id=use.id, reason="Nộp nhầm", actor=CLERK, at=AT + timedelta(minutes=1))
    assert queries.checklist(subject, [LAND])[0].state is ItemState.MISSING
    (gone,) = queries.uses_of(subject, also_removed=True)
    assert (gone.removed_at, gone.removed_why) == (AT + timedelta(minutes=1), "Nộp nhầm")
    with pytest.raises(WrongState):
        commands.detach(use_id=use.id, reason="Nộp nhầm", actor=CLERK, at=AT)


def test_the_database_itself_refuses_to_delete_or_change_what_was_given() -> None:
    attach(uuid4(), uuid4())
    for statement in ("DELETE FROM documents_use", "UPDATE documents_documentversion SET sha256 = ''"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_papers_are_taken_with_form_and_quantity() -> None:
    subject = uuid4()
    commands.hand_over_paper(
        subject_id=subject,
        component_key="gcn",
        type_code=a_type(),
        form=Form.ORIGINAL,
        quantity=1,
        source="counter",
        actor=CLERK,
        at=AT,
        note="Có vết rách góc phải",
    )
    (item,) = queries.checklist(subject, [LAND])
    assert item.state is ItemState.GIVEN
    assert item.awaits_digitisation
    assert item.uses[0].note == "Có vết rách góc phải"


@pytest.mark.parametrize(("form", "quantity"), [(Form.ELECTRONIC, 1), (Form.ORIGINAL, 0), (Form.ORIGINAL, 1000)])
def test_a_paper_is_a_paper_and_at_least_one(form: Form, quantity: int) -> None:
    with pytest.raises(Invalid):
        commands.hand_over_paper(
            subject_id=uuid4(),
            component_key="gcn",
            type_code=a_type(),
            form=form,
            quantity=quantity,
            source="counter",
            actor=CLERK,
            at=AT,
        )


def test_data_of_a_database_meets_a_component() -> None:
    subject = uuid4()
    common = {"subject_id": subject, "component_key": "gcn", "type_code": a_type(), "actor": CLERK, "at": AT}
    commands.meet_by_data(data={"so": "BK 123456"}, source="CSDL quốc gia về đất đai", **common)  # type: ignore[arg-type]
    (item,) = queries.checklist(subject, [LAND])
    assert item.state is ItemState.MET_BY_DATA
    assert item.uses[0].source == "CSDL quốc gia về đất đai"
    with pytest.raises(Invalid):
        commands.meet_by_data(data={}, source="CSDL", **common)  # type: ignore[arg-type]


def test_an_owner_reuses_a_document_and_nobody_elses() -> None:
    owner, subject = uuid4(), uuid4()
    old = attach(uuid4(), owner)
    (offered,) = queries.documents_of(owner, type_code=LAND_RIGHT)
    assert offered.version_id == old.version_id
    assert queries.documents_of(uuid4()) == []
    common = {"subject_id": subject, "component_key": "gcn", "version_id": old.version_id, "source": "kho", "at": AT}
    used = commands.reuse(owner_id=owner, actor=CLERK, **common)  # type: ignore[arg-type]
    assert (used.kind, used.file_id) == (UseKind.REUSED, old.file_id)
    with pytest.raises(Missing):
        commands.reuse(owner_id=uuid4(), actor=CLERK, **common)  # type: ignore[arg-type]


def test_an_unknown_type_is_refused_and_can_be_found_out_before() -> None:
    a_type()
    assert queries.unknown_types([LAND_RIGHT, "NO.SUCH"]) == {"NO.SUCH"}
    with pytest.raises(Missing):
        commands.meet_by_data(
            subject_id=uuid4(),
            component_key="gcn",
            type_code="NO.SUCH",
            data={"a": 1},
            source="CSDL",
            actor=CLERK,
            at=AT,
        )


def test_who_may_have_a_file_is_found_by_its_uses() -> None:
    subject = uuid4()
    use = attach(subject, uuid4())
    assert use.file_id is not None
    assert [found.subject_id for found in queries.use_of_file(use.file_id)] == [subject]
    assert queries.use_of_file(uuid4()) == []
