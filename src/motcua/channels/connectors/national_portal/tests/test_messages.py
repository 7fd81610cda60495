"""Whatever a dossier looks like, its messages are such as the portal takes: types, lengths, codes, dates, order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.channels.connectors.national_portal import messages, standing
from motcua.channels.connectors.national_portal.messages import Picture, Step
from motcua.channels.connectors.national_portal.standing import Standing
from motcua.domain.catalog.types import ReceptionChannel
from motcua.domain.documents.types import Form, Paper, PaperState, Use, UseKind, Validity
from motcua.domain.dossiers.types import AskKind, AskView
from motcua.domain.payments.types import Due, DueKind, Stage
from motcua.domain.statuses.ready import TT11
from motcua.foundation.identity.types import BirthPrecision, Identifier, IdentifierKind, Known, Party, PartyKind, Sex
from motcua.foundation.journal.types import Event, Subject
from motcua.sandbox.national_portal import checks, tables

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # 10:00 in Vietnam
HOUR = timedelta(hours=1)
ID = UUID(int=7)

texts = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=1200)
filled = texts.filter(lambda text: bool(messages.one_line(text, 50)))
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - zoned
links = st.just("https://motcua.tinhmau.example.vn/connectors/national-portal/files/abc")


def party(**changes: Any) -> Party:
    usual: dict[str, Any] = {
        "id": ID,
        "kind": PartyKind.PERSON,
        "name": "Trần Thị B",
        "birth_on": None,
        "birth_precision": BirthPrecision.DAY,
        "sex": Sex.FEMALE,
        "nationality": "VN",
        "identifiers": (Identifier(IdentifierKind.PERSONAL_NUMBER, "024184001234"),),
        "address": "",
        "phone": "0912 000 013",
        "email": "b@example.vn",
    }
    return Party(**(usual | changes))


def picture(**changes: Any) -> Picture:
    usual: dict[str, Any] = {
        "code": "H99.05-261120-0001",
        "procedure_code": "1.012783",
        "procedure_name": "Cấp đổi Giấy chứng nhận",
        "field_code": "G10-TNDD",
        "field_name": "Đất đai",
        "channel": ReceptionChannel.OWN_PORTAL,
        "owner": party(),
        "agency": "Văn phòng đăng ký đất đai",
        "summary": "Cấp đổi Giấy chứng nhận",
    }
    return Picture(**(usual | changes))


def use(**changes: Any) -> Use:
    usual: dict[str, Any] = {
        "id": uuid4(), "subject_id": ID, "component_key": "picture", "kind": UseKind.FILE, "type_code": "ANH",
        "name": "Ảnh", "source": "uploaded", "given_at": AT, "given_by": "x", "form": Form.ELECTRONIC, "quantity": 1,
        "note": "", "document_id": None, "version_id": None, "version": None, "file_id": uuid4(),
    }  # fmt: skip
    return Use(**(usual | changes))


def paper(**changes: Any) -> Paper:
    usual: dict[str, Any] = {
        "id": uuid4(), "kind": "result", "title": "Giấy phép", "subject_id": ID, "agency_id": ID,
        "state": PaperState.ISSUED, "validity": Validity.IN_FORCE, "number": "01/GP", "issued_on": None,
        "issued_at": AT, "drafted_at": AT, "file_id": uuid4(), "token": "t", "template_version": 1, "data_digest": "",
        "valid_until": None, "scope": "", "replaced_by_id": None, "void_why": "",
    }  # fmt: skip
    return Paper(**(usual | changes))


def ask(**changes: Any) -> AskView:
    usual: dict[str, Any] = {
        "id": uuid4(), "kind": AskKind.SUPPLEMENT, "content": "Ảnh mặt sau", "reason": "Thiếu",
        "guidance": "Chụp lại", "items": ("picture",), "asked_at": AT, "window_due_at": None, "answered_at": None,
        "confirmed_at": None, "paper_id": None,
    }  # fmt: skip
    return AskView(**(usual | changes))


def findings(fields: dict[str, Any]) -> list[str]:
    return [f"{found.path}: {found.sentence}" for found in checks.item(fields, tables.DOSSIER)]


def event(seq: int, kind: str, at: datetime, **data: Any) -> Event:
    nobody = dict.fromkeys(
        ("account_id", "party_id", "acting_for_id", "officer_id", "position_id", "agency_id", "department_id")
    )
    return Event(
        Subject("dossier", ID), seq, f"dossier.{kind}", "person", "x", "portal", "r", **nobody,
        happened_at=at, recorded_at=at, data=data,
    )  # fmt: skip


def moved(seq: int, kind: str, start: str, end: str, at: datetime, **data: Any) -> Event:
    return event(seq, kind, at, **{"from": start, "to": end}, **data)


LIFE = [
    event(1, "drafted", AT),
    moved(2, "submitted", "draft", "submitted", AT),
    moved(3, "received", "submitted", "received", AT + HOUR, due_at=(AT + 100 * HOUR).isoformat()),
    moved(4, "forwarded", "received", "in_progress", AT + HOUR),
    event(5, "step_changed", AT + HOUR, step="appraise", step_kind="appraise", role="appraiser"),
    moved(6, "supplement_asked", "in_progress", "supplement_asked", AT + 2 * HOUR, ask=str(ID)),
    moved(7, "supplemented", "supplement_asked", "supplemented", AT + 3 * HOUR),
    moved(
        8, "supplement_confirmed", "supplemented", "in_progress", AT + 4 * HOUR,
        ask=str(ID), due_at=(AT + 200 * HOUR).isoformat(),
    ),
    moved(9, "decided", "in_progress", "decided", AT + 3 * HOUR),  # recorded with an earlier time
    moved(10, "returned", "decided", "returned", AT + 6 * HOUR, way="online"),
]  # fmt: skip


class TestStanding:
    def test_what_is_told_of_an_event_does_not_know_what_came_after_it(self) -> None:
        stood = standing.after(LIFE, 2, TT11)
        assert (stood.before, stood.status) == ("", "1")
        assert (stood.received_at, stood.promised_at, stood.finished_at) == (None, None, None)

    def test_a_draft_has_no_status(self) -> None:
        assert standing.after(LIFE, 1, TT11).status == ""

    def test_statuses_follow_the_law_of_the_portal(self) -> None:
        told = [standing.after(LIFE, seq, TT11).status for seq in range(2, 11)]
        assert told == ["1", "2", "4", "4", "5", "4", "4", "9", "10"]

    def test_moments_never_go_back(self) -> None:
        told = [standing.after(LIFE, seq, TT11).at for seq in range(1, 11)]
        assert told == sorted(told)

    def test_a_supplement_keeps_the_promise_before_and_after(self) -> None:
        stood = standing.after(LIFE, 8, TT11)
        assert stood.promises == {str(ID): (AT + 100 * HOUR, AT + 200 * HOUR)}
        assert stood.promised_at == AT + 200 * HOUR

    def test_a_step_that_waits_for_money_shows_as_such_until_it_is_done(self) -> None:
        waits = event(5, "step_changed", AT + HOUR, step="tax", step_kind="pay", role="")
        done = event(6, "task_done", AT + HOUR, step="tax")
        assert standing.after([*LIFE[:4], waits], 5, TT11).status == "6"
        assert standing.after([*LIFE[:4], waits, done], 6, TT11).status == "4"


def test_the_channel_of_reception_is_told_by_its_way() -> None:
    stood = standing.after(LIFE, 2, TT11)
    told = {
        channel: messages.dossier(picture(channel=channel), stood)["KenhThucHien"]
        for channel in (ReceptionChannel.COUNTER, ReceptionChannel.NATIONAL_PORTAL, ReceptionChannel.POST)
    }
    assert list(told.values()) == ["1", "2", "3"]
    assert messages.dossier(picture(channel=ReceptionChannel.NATIONAL_PORTAL), stood)["NoiNopHoSo"] == "1"


def test_moments_are_local_and_contacts_that_cannot_be_are_left_out() -> None:
    told = messages.dossier(picture(owner=party(phone="không có", email="sai")), standing.after(LIFE, 3, TT11))
    assert (told["NgayNopHoSo"], told["NgayTiepNhan"]) == ("20261120100000", "20261120110000")
    assert (told["SoDienThoai"], told["Email"]) == ("", "")
    assert told["DinhDanhCHS"] == [{"LoaiDinhDanh": "1", "SoDinhDanh": "024184001234"}]


@pytest.mark.requirement("TT11-18.10")
def test_the_result_goes_with_the_decision_and_not_before() -> None:
    shown = picture(results=(paper(),))
    before, after = (messages.dossier(shown, standing.after(LIFE, seq, TT11)) for seq in (5, 9))
    assert before["DanhSachGiayToKetQua"] == []
    assert after["DanhSachGiayToKetQua"][0]["DuongDanTepTinKetQua"] == f"motcua-file:{shown.results[0].file_id}"
    linked = messages.with_links(after, lambda file_id: f"https://motcua/{file_id}")
    assert linked["DanhSachGiayToKetQua"][0]["DuongDanTepTinKetQua"] == f"https://motcua/{shown.results[0].file_id}"


known = st.dictionaries(
    st.sampled_from(["tech_id", "name"]),
    st.builds(Known, value=texts, source=st.sampled_from(["VNeID", "DVCQG"]), at=moments),
)
numbers = st.sampled_from(
    [
        (),
        (Identifier(IdentifierKind.PERSONAL_NUMBER, "024184001234"), Identifier(IdentifierKind.OLD_ID, "121234567")),
        (Identifier(IdentifierKind.TAX_CODE, "0100109106"),),
    ]
)
parties = st.builds(
    party,
    kind=st.sampled_from(PartyKind),
    name=filled,
    phone=st.one_of(texts, st.from_regex(r"\+?[0-9 .-]{6,18}", fullmatch=True)),
    email=st.one_of(texts, st.emails()),
    identifiers=numbers,
    known=known,
)
uses = st.builds(
    use,
    kind=st.sampled_from(UseKind),
    name=texts,
    type_code=texts,
    file_id=st.none() | st.uuids(),
    form=st.sampled_from(Form),
    quantity=st.integers(-5, 10**6),
    removed_at=st.none() | moments,
)
dues = st.builds(
    Due,
    id=st.uuids(),
    key=filled,
    name=filled,
    kind=st.sampled_from(DueKind),
    amount=st.integers(0, 10**12 - 1),
    collected_at=st.sampled_from(Stage),
    ground=texts,
    agency_id=st.uuids(),
    pay_until_on=st.none(),
)
asks = st.builds(ask, content=texts, reason=texts, guidance=texts, asked_at=moments, answered_at=st.none() | moments)
papers = st.builds(paper, title=texts, number=texts)
pictures = st.builds(
    picture,
    procedure_name=filled,
    field_name=filled,
    channel=st.sampled_from(ReceptionChannel),
    owner=parties,
    agency=filled,
    summary=filled,
    note=texts,
    online_payment=st.booleans(),
    uses=st.tuples(uses) | st.just(()),
    dues=st.tuples(dues) | st.just(()),
    asks=st.tuples(asks) | st.just(()),
    results=st.tuples(papers) | st.just(()),
)


@pytest.mark.requirement("TT11-31.1")
@settings(max_examples=150, deadline=None)
@given(pictures, st.integers(2, len(LIFE)))
def test_any_dossier_gives_fields_that_the_portal_takes(shown: Picture, seq: int) -> None:
    told = messages.dossier(shown, standing.after(LIFE, seq, TT11))
    fields = messages.with_links(told, lambda file_id: f"https://motcua.example.vn/{file_id}")
    assert findings(fields) == []
    assert checks.dates_of_status(fields) == []


@settings(max_examples=100, deadline=None)
@given(st.builds(Step, texts, texts, texts, filled, st.none() | moments, st.none() | moments), moments)
def test_any_step_gives_fields_that_the_portal_takes(step: Step, at: datetime) -> None:
    told = messages.progress("H99-261120-0001", Standing(status="4", at=at), step)
    assert checks.item(told, tables.PROGRESS) == []
    assert len(told["NguoiXuLy"]) <= 50
