"""Papers after they are made: they keep their bytes, are numbered without gap, and say what they are worth."""

from __future__ import annotations

import subprocess
import threading
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from motcua.domain.documents import commands, models, numbering, queries
from motcua.domain.documents.tests.factories import AT, CLERK, a_file, issued, sample, words_of
from motcua.domain.documents.types import Paper, PaperState, Standing, Validity
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.errors import Invalid, Missing, WrongState
from motcua.foundation.storage import queries as files

TODAY = date(2026, 10, 8)


def drafted(**options: object) -> Paper:
    whole = {"subject_id": uuid4(), "agency_id": uuid4(), "data": sample("result"), "symbol": "QĐ-VPĐK"} | options
    return commands.draft_result(actor=CLERK, at=AT, **whole)  # type: ignore[arg-type]


@pytest.mark.django_db
class TestIssuing:
    def test_an_issued_paper_is_told_in_the_history_with_its_digest(self) -> None:
        paper = issued()
        (event,) = journal.history(paper.subject_id)
        assert event.kind == "paper.issued"
        assert event.data is not None
        assert (event.data["number"], event.data["paper_kind"]) == ("01/TNHS", "receipt")
        assert event.data["sha256"] == files.file(paper.file_id).sha256
        assert queries.papers_of(paper.subject_id) == [paper]

    def test_dates_and_moments_are_printed_the_vietnamese_way(self) -> None:
        due = datetime(2026, 10, 22, 10, 0, tzinfo=UTC)
        data = sample("receipt", promised_at=due, received_at=AT)
        printed = words_of(files.read(issued(data=data).file_id))
        assert "Thời gian trả kết quả: 17:00:00 ngày 22/10/2026" in printed
        assert "Thời gian nhận hồ sơ: 08:30:15 ngày 08/10/2026" in printed

    @pytest.mark.requirement("TT11-19.1")
    def test_a_reprint_is_the_same_file_marked_in_the_history(self) -> None:
        paper = issued()
        again = commands.reprint_paper(paper_id=paper.id, actor=CLERK, at=AT + timedelta(days=3))
        assert again == paper.file_id
        assert [event.kind for event in journal.history(paper.subject_id)] == ["paper.issued", "paper.reprinted"]

    def test_the_database_keeps_an_issued_paper_as_it_is(self) -> None:
        paper = issued()
        changes = (
            "file_id = gen_random_uuid()",
            "number = 9",
            "issued_on = '2020-01-01'",
            "state = 'draft'",
            "token = 'X'",
        )
        statements = [f"UPDATE documents_paper SET {change}" for change in changes] + ["DELETE FROM documents_paper"]
        for statement in statements:
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        assert queries.paper(paper.id) == paper


@pytest.mark.django_db
class TestNumbers:
    def test_each_agency_kind_and_year_counts_for_itself(self) -> None:
        agency = uuid4()
        numbers = [issued(agency_id=agency).number for _ in range(3)]
        assert numbers == ["01/TNHS", "02/TNHS", "03/TNHS"]
        assert issued("reception_refusal", agency_id=agency).number == "01/TCTN"
        assert issued(agency_id=uuid4()).number == "01/TNHS"
        assert (
            issued(agency_id=agency, at=datetime(2026, 12, 31, 17, 30, tzinfo=UTC)).number == "01/TNHS"
        )  # 2027 in Hà Nội
        assert queries.last_numbers(agency, 2026) == {"receipt": 3, "reception_refusal": 1}

    def test_two_kinds_may_share_a_book(self) -> None:
        agency = uuid4()
        one = issued("stop_notice", agency_id=agency, number_book="notices")
        two = issued("not_competent_notice", agency_id=agency, number_book="notices")
        assert (one.number, two.number) == ("01/TB", "02/TB")

    def test_a_paper_that_fails_gives_its_number_back(self) -> None:
        agency = uuid4()
        with pytest.raises(Exception, match="Mẫu giấy tờ có lỗi"):
            issued(agency_id=agency, data={"nothing": "here"})
        assert issued(agency_id=agency).number == "01/TNHS"

    def test_a_void_number_stays_in_the_book_explained(self) -> None:
        agency = uuid4()
        first, second = issued(agency_id=agency), issued(agency_id=agency)
        with pytest.raises(Invalid):
            commands.void_paper(paper_id=first.id, reason="  ", actor=CLERK, at=AT)
        commands.void_paper(paper_id=first.id, reason="In sai tên", actor=CLERK, at=AT)
        book = queries.numbers_of(agency, 2026, "receipt")
        assert [(line.number, line.state, line.void_why) for line in book] == [
            ("01/TNHS", PaperState.VOID, "In sai tên"),
            ("02/TNHS", PaperState.ISSUED, ""),
        ]
        assert second.state is PaperState.ISSUED
        with pytest.raises(WrongState):
            commands.reprint_paper(paper_id=first.id, actor=CLERK, at=AT)

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.tuples(st.sampled_from("AB"), st.booleans()), max_size=12))
    def test_whatever_fails_between_the_numbers_have_no_gap(self, attempts: list[tuple[str, bool]]) -> None:
        agency = uuid4()
        taken: dict[str, list[int]] = {"A": [], "B": []}
        for key, fails in attempts:
            try:
                with transaction.atomic():
                    _book, number = numbering.take(agency_id=agency, key=key, on=TODAY)
                    if fails:
                        raise RuntimeError
                    taken[key].append(number)
            except RuntimeError:
                pass
        assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in taken.values())


def test_numbers_have_no_gap_and_no_double_when_many_officers_print_at_once(committed_database: str) -> None:
    agency, problems = uuid4(), []

    def print_papers(fails_at: int) -> None:
        try:
            for turn in range(6):
                try:
                    with transaction.atomic():
                        issued(agency_id=agency, subject_id=uuid4())
                        if turn == fails_at:
                            raise RuntimeError
                except RuntimeError:
                    pass
        except Exception as problem:  # noqa: BLE001
            problems.append(problem)
        finally:
            connection.close()

    officers = [threading.Thread(target=print_papers, args=(turn,)) for turn in range(4)]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()
    assert not problems
    assert [paper.number for paper in queries.numbers_of(agency, 2026, "receipt")] == [
        f"{number:02d}/TNHS" for number in range(1, 21)
    ]
    assert models.PaperTemplate.objects.filter(kind="receipt").count() == 1


@pytest.mark.django_db
class TestResults:
    def test_a_draft_has_open_fields_for_number_date_and_both_signatures(self) -> None:
        paper = drafted()
        assert (paper.state, paper.number, paper.issued_on) == (PaperState.DRAFT, "", None)
        pdf = files.read(paper.file_id)
        fields = PdfReader(BytesIO(pdf)).get_fields() or {}
        assert set(fields) == {"number", "issued_on", "person", "agency"}
        assert "Số: /QĐ-VPĐK" in words_of(pdf)

    def test_it_is_numbered_then_issued_and_earlier_bytes_stay_inside(self, tmp_path: Path) -> None:
        paper = drafted()
        before = files.read(paper.file_id)
        numbered = commands.number_result(paper_id=paper.id, actor=CLERK, at=AT)
        assert (numbered.number, numbered.issued_on) == ("01/QĐ-VPĐK", TODAY)
        after = files.read(numbered.file_id)
        assert after.startswith(before)
        printed = words_of(after).replace(" ", "")
        assert "Số:01/QĐ-VPĐK" in printed
        assert "TỉnhMẫu,ngày08tháng10năm2026" in printed
        with pytest.raises(WrongState):
            commands.number_result(paper_id=paper.id, actor=CLERK, at=AT)
        (tmp_path / "result.pdf").write_bytes(after)
        subprocess.run(["qpdf", "--check", tmp_path / "result.pdf"], check=True, capture_output=True)
        done = commands.issue_result(paper_id=paper.id, actor=CLERK, at=AT + timedelta(hours=1))
        assert (done.state, done.issued_at) == (PaperState.ISSUED, AT + timedelta(hours=1))

    def test_a_draft_without_number_is_not_issued(self) -> None:
        with pytest.raises(WrongState):
            commands.issue_result(paper_id=drafted().id, actor=CLERK, at=AT)

    def test_only_a_continuation_of_the_file_takes_its_place(self) -> None:
        paper = drafted()
        signed = a_file(files.read(paper.file_id) + b"\n% signature\n")
        assert (
            commands.replace_file(paper_id=paper.id, file_id=signed, reason="signed", actor=CLERK, at=AT).file_id
            == signed
        )
        with pytest.raises(WrongState):
            commands.replace_file(paper_id=paper.id, file_id=a_file(b"%PDF another"), reason="", actor=CLERK, at=AT)

    def test_an_issued_result_takes_no_other_file(self) -> None:
        paper = issued("result")
        longer = a_file(files.read(paper.file_id) + b"\n%\n")
        with pytest.raises(WrongState):
            commands.replace_file(paper_id=paper.id, file_id=longer, reason="", actor=CLERK, at=AT)

    @pytest.mark.parametrize("kind", ["resolution_refusal", "stop_notice", "consultation_letter"])
    def test_other_signed_papers_are_drafted_the_same_way(self, kind: str) -> None:
        paper = drafted(kind=kind, data=sample(kind), symbol=None)
        numbered = commands.number_result(paper_id=paper.id, actor=CLERK, at=AT)
        assert numbered.number in words_of(files.read(numbered.file_id)).replace(" ", "")


@pytest.mark.django_db
class TestVerification:
    def test_a_genuine_paper_says_what_it_is_and_nothing_about_anybody(self) -> None:
        paper = issued()
        verdict = queries.paper_by_token(paper.token.lower(), on=TODAY)
        assert verdict.is_genuine
        assert verdict.is_in_force
        assert (verdict.title, verdict.number, verdict.issued_on, verdict.agency_id) == (
            "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
            "01/TNHS",
            TODAY,
            paper.agency_id,
        )
        told = repr(verdict)
        assert not any(secret in told for secret in ("Hường", "079190001234", "H15.50", str(paper.subject_id)))

    def test_an_invented_token_and_a_draft_are_unknown(self) -> None:
        assert queries.paper_by_token("K7TM2QXPK7TM2QXPK7TM").standing is Standing.UNKNOWN
        assert queries.paper_by_token("").standing is Standing.UNKNOWN
        assert queries.paper_by_token(drafted().token).standing is Standing.UNKNOWN

    @pytest.mark.parametrize(
        ("validity", "in_force"), [(Validity.CORRECTED, True), (Validity.REVOKED, False), (Validity.EXPIRED, False)]
    )
    def test_a_settled_paper_is_genuine_and_says_what_it_is_worth(self, validity: Validity, in_force: bool) -> None:
        paper = issued()
        commands.settle_paper(paper_id=paper.id, validity=validity, reason="Quyết định 5", actor=CLERK, at=AT)
        verdict = queries.paper_by_token(paper.token)
        assert (verdict.standing.value, verdict.is_genuine, verdict.is_in_force) == (validity.value, True, in_force)

    def test_a_replaced_paper_names_what_took_its_place_for_good(self) -> None:
        agency = uuid4()
        old, new = issued(agency_id=agency), issued(agency_id=agency)
        replace = {"paper_id": old.id, "validity": Validity.REPLACED, "reason": "Cấp lại", "actor": CLERK, "at": AT}
        for nothing in (None, old.id, uuid4()):
            with pytest.raises(Invalid):
                commands.settle_paper(replaced_by_id=nothing, **replace)  # type: ignore[arg-type]
        commands.settle_paper(replaced_by_id=new.id, **replace)  # type: ignore[arg-type]
        verdict = queries.paper_by_token(old.token)
        assert (verdict.standing, verdict.replaced_by_number) == (Standing.REPLACED, "02/TNHS")
        with pytest.raises(WrongState):
            commands.settle_paper(paper_id=old.id, validity=Validity.IN_FORCE, reason="", actor=CLERK, at=AT)

    def test_a_term_runs_out_by_itself(self) -> None:
        paper = issued(valid_until=date(2026, 12, 31), scope="Toàn quốc")
        assert queries.paper_by_token(paper.token, on=date(2026, 12, 31)).is_in_force
        verdict = queries.paper_by_token(paper.token, on=date(2027, 1, 1))
        assert (verdict.standing, verdict.scope) == (Standing.EXPIRED, "Toàn quốc")

    def test_a_void_paper_is_not_genuine_any_more(self) -> None:
        paper = issued()
        commands.void_paper(paper_id=paper.id, reason="In hai lần", actor=CLERK, at=AT)
        verdict = queries.paper_by_token(paper.token)
        assert (verdict.standing, verdict.is_genuine) == (Standing.VOID, False)


@pytest.mark.django_db
def test_what_is_not_there_is_missing() -> None:
    nowhere: UUID = uuid4()
    with pytest.raises(Missing):
        queries.paper(nowhere)
    with pytest.raises(Missing):
        commands.issue_paper(kind="no_such", subject_id=nowhere, agency_id=nowhere, data={}, actor=CLERK, at=AT)
