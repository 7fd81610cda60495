from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from motcua.channels.ui import formats

AT = datetime(2026, 11, 24, 17, 5, 7, tzinfo=UTC)  # 00:05:07 of the next day in Vietnam


@pytest.mark.requirement("TT21-PL6-12")
def test_dates_and_times_are_vietnams() -> None:
    assert formats.date(AT) == "25/11/2026"
    assert formats.time(AT) == "00:05:07"
    assert formats.moment(AT) == "25/11/2026 00:05:07"
    assert formats.date(date(2026, 1, 9)) == formats.date("2026-01-09") == "09/01/2026"


def test_nothing_gives_nothing() -> None:
    for write in (formats.date, formats.time, formats.moment, formats.dong, formats.number, formats.size, formats.iso):
        assert write(None) == ""


@pytest.mark.parametrize(
    ("left", "vietnamese", "english"),
    [
        (timedelta(days=2, hours=3, minutes=59), "còn 2 ngày 3 giờ", "2 days 3 hours left"),
        (timedelta(hours=1, minutes=1), "còn 1 giờ 1 phút", "1 hour 1 minute left"),
        (timedelta(seconds=30), "còn dưới 1 phút", "less than a minute left"),
        (timedelta(days=-3), "quá hạn 3 ngày", "3 days overdue"),
    ],
)
def test_slack_in_both_languages(left: timedelta, vietnamese: str, english: str) -> None:
    assert formats.slack(AT + left, AT) == vietnamese
    with translation.override("en"):
        assert formats.slack(AT + left, AT) == english


def test_lateness_of_the_ledger_wins_over_the_plain_difference() -> None:
    assert formats.slack(AT - timedelta(days=5), AT, late_by=timedelta(days=2)) == "quá hạn 2 ngày"


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_read_back(value: int) -> None:
    assert int(formats.number(value).replace(".", "")) == value


def test_numbers_and_sizes() -> None:
    assert formats.number(1250.5) == "1.250,5"
    assert formats.number(1250.0) == "1.250"
    assert (formats.limit(20 * 2**20), formats.limit(3 * 2**19)) == ("20 MB", "1,5 MB")
    assert (formats.size(812), formats.size(34_000), formats.size(1_530_000)) == ("812 B", "34 kB", "1,5 MB")


def test_share_left_stays_between_nothing_and_all() -> None:
    start, due = AT, AT + timedelta(days=10)
    assert formats.share_left(due, start, AT + timedelta(days=5)) == 50
    assert formats.share_left(due, start, AT + timedelta(days=50)) == 0
    assert formats.share_left(due, start, AT - timedelta(days=50)) == 100
    assert formats.share_left(start, start, AT) == 0
