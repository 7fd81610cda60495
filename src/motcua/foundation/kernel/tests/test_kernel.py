"""Text, money, and requests that happen once."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from motcua.foundation.kernel import encryption, money, requests, text
from motcua.foundation.kernel.actor import system
from motcua.foundation.kernel.errors import Invalid, Reused

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (21, "Hai mươi mốt đồng"),
        (15, "Mười lăm đồng"),
        (105, "Một trăm lẻ năm đồng"),
        (700_000, "Bảy trăm nghìn đồng"),
        (1_000_005, "Một triệu không trăm lẻ năm đồng"),
        (2_001_015_000, "Hai tỷ không trăm lẻ một triệu không trăm mười lăm nghìn đồng"),
    ],
)
def test_amounts_are_said_in_words(amount: int, words: str) -> None:
    assert money.in_words(amount) == words


@pytest.mark.requirement("TT21-PL6-8")
def test_both_ways_of_typing_vietnamese_are_one_text() -> None:
    assert text.nfc("Nguye\u0302\u0303n") == text.nfc("Nguyễn")
    assert text.search_key("Đặng Thị Tuyết") == "dang thi tuyet"


@given(st.text())
def test_text_is_stable_or_refused(value: str) -> None:
    try:
        once = text.nfc(value)
    except Invalid:
        assert "\x00" in value or any("\ud800" <= c <= "\udfff" for c in value)
    else:
        assert text.nfc(once) == once


def test_names_sort_as_in_the_vietnamese_alphabet() -> None:
    names = ["Ân", "Ánh", "An", "Đạt", "Dung", "Em", "Ẩn"]
    assert sorted(names, key=text.sort_key) == ["An", "Ánh", "Ân", "Ẩn", "Dung", "Đạt", "Em"]


@pytest.mark.django_db
class TestRequests:
    def test_the_same_request_gives_the_first_outcome(self) -> None:
        actor = system("test", request_id="one")
        with requests.once(actor=actor, verb="submit", body={"a": 1}, at=AT) as first:
            assert first.first_outcome is None
            first.finish("dossier 1")
        with requests.once(actor=actor, verb="submit", body={"a": 1}, at=AT + timedelta(hours=14)) as again:
            assert again.first_outcome == "dossier 1"

    def test_another_body_under_the_same_id_is_refused(self) -> None:
        actor = system("test", request_id="one")
        with requests.once(actor=actor, verb="submit", body={"a": 1}, at=AT) as first:
            first.finish("x")
        with pytest.raises(Reused), requests.once(actor=actor, verb="submit", body={"a": 2}, at=AT):
            pass

    def test_a_refused_attempt_leaves_the_id_free(self) -> None:
        actor = system("test", request_id="one")
        with pytest.raises(RuntimeError), requests.once(actor=actor, verb="submit", body={}, at=AT):
            raise RuntimeError
        with requests.once(actor=actor, verb="submit", body={}, at=AT) as again:
            assert again.first_outcome is None


@pytest.mark.django_db
def test_sealed_text_opens_only_in_its_place() -> None:
    sealed = encryption.encrypt("identifier", b"001085012345", bound_to=b"row 1")
    assert b"001085" not in sealed
    assert encryption.decrypt("identifier", sealed, bound_to=b"row 1") == b"001085012345"
    with pytest.raises(InvalidTag):
        encryption.decrypt("identifier", sealed, bound_to=b"row 2")
