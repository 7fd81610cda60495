"""Identity numbers: what the law makes passes, what contradicts itself does not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.foundation.identity import numbers
from motcua.foundation.identity.types import Sex
from motcua.foundation.kernel.errors import Invalid

PLACES = st.sampled_from(sorted(numbers.PROVINCES))
SEXES = st.sampled_from([Sex.MALE, Sex.FEMALE])


@given(PLACES, SEXES, st.dates(date(1900, 1, 1), date(2399, 12, 31)), st.integers(0, 999_999))
def test_a_number_made_by_the_rule_says_what_it_was_made_from(place, sex, born, serial):
    century = 2 * ((born.year - 1900) // 100) + (sex is Sex.FEMALE)
    number = f"{place}{century}{born.year % 100:02d}{serial:06d}"
    assert numbers.check_personal_number(number, birth_on=born, sex=sex) == number
    read = numbers.read_personal_number(number)
    assert (read.province, read.sex, read.birth_year) == (numbers.PROVINCES[place], sex, born.year)
    other = Sex.MALE if sex is Sex.FEMALE else Sex.FEMALE
    with pytest.raises(Invalid, match="giới tính"):
        numbers.check_personal_number(number, sex=other)
    with pytest.raises(Invalid, match="năm sinh"):
        numbers.check_personal_number(number, birth_on=born.replace(year=born.year + 1, day=1))


@pytest.mark.parametrize("text", ["", "12345678901", "1234567890123", "04008500000a", "٠٤٠٠٨٥٠٠٠٠٠١", "003085000001"])
def test_what_is_no_personal_number_is_refused_with_a_sentence(text):
    with pytest.raises(Invalid) as refused:
        numbers.check_personal_number(text)
    assert refused.value.problems[0].field == "personal_number"


def test_spaces_and_dots_people_type_do_not_matter():
    assert numbers.check_personal_number(" 040 085.000-001 ") == "040085000001"


@pytest.mark.parametrize("code", ["0100109106", "0100686209", "0300588569", "0311638525"])
def test_tax_codes_of_real_companies_pass(code):
    assert numbers.check_tax_code(code) == code
    assert numbers.check_tax_code(f"{code}001") == numbers.check_tax_code(f"{code}-001") == f"{code}-001"


@given(st.from_regex(r"[0-9]{10}", fullmatch=True), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_of_a_tax_code_is_found(code, place, shift):
    digit = numbers.tax_check_digit(code[:9])
    if digit == 10:
        with pytest.raises(Invalid):
            numbers.check_tax_code(code)
        return
    good = f"{code[:9]}{digit}"
    wrong = good[:place] + str((int(good[place]) + shift) % 10) + good[place + 1 :]
    assert numbers.check_tax_code(good) == good
    with pytest.raises(Invalid):
        numbers.check_tax_code(wrong)


def test_a_persons_tax_code_is_the_personal_number():
    assert numbers.check_tax_code("040085000001") == "040085000001"
    with pytest.raises(Invalid):
        numbers.check_tax_code("003085000001")


def test_old_cards_and_passports():
    assert numbers.check_old_id("012 345 678") == "012345678"
    assert numbers.check_passport("c1234567") == "C1234567"
    assert numbers.check_passport("P12345678") == "P12345678"
    assert numbers.check_passport("EH9384756A", nationality="FR") == "EH9384756A"
    for wrong in ("1234567", "CC123456", "C123456"):
        with pytest.raises(Invalid):
            numbers.check_passport(wrong)


CARD = "040085000001|012345678|Nguyễn Văn An|04031985|Nam|Thôn 2, xã Mẫu Sơn, Tỉnh Mẫu|20012023"


def test_the_card_is_read_as_a_scanner_types_it():
    card = numbers.parse_card_qr(f"\ufeff{CARD}\r\n")
    assert card.personal_number == "040085000001"
    assert (card.name, card.old_id, card.sex) == ("Nguyễn Văn An", "012345678", Sex.MALE)
    assert (card.birth_on, card.issued_on) == (date(1985, 3, 4), date(2023, 1, 20))


@pytest.mark.parametrize(
    ("text", "old_id", "issued_on"),
    [
        (CARD.replace("012345678", "", 1), "", date(2023, 1, 20)),
        (CARD.rsplit("|", 1)[0], "012345678", None),
        (f"{CARD}|thêm|nữa||", "012345678", date(2023, 1, 20)),
    ],
)
def test_readers_and_newer_cards_differ(text, old_id, issued_on):
    card = numbers.parse_card_qr(text)
    assert (card.old_id, card.issued_on) == (old_id, issued_on)


@given(st.text(max_size=200))
def test_any_other_text_is_refused_politely(text):
    try:
        card = numbers.parse_card_qr(text)
    except Invalid:
        return
    assert card.name  # hypothesis would have to invent a card


@given(st.from_regex(r"[A-Z0-9]{1,20}", fullmatch=True))
def test_a_mask_shows_at_most_six_characters(number):
    masked = numbers.mask_number(number)
    assert len(masked) == len(number)
    assert sum(char != "•" for char in masked) <= 6
