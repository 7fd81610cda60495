"""What authors may write, what they are told when they may not, and what stays bounded whatever they write."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.foundation import expressions as x
from motcua.foundation.expressions.types import from_name

DECLARED = {
    "pages": x.INT,
    "area": x.DOUBLE,
    "name": x.STRING,
    "changed": x.BOOL,
    "filed_on": x.DATE,
    "received_at": x.TIMESTAMP,
    "owner": x.record({"name": x.STRING, "birth_on": x.DATE}),
    "parcels": x.list_of(x.record({"area": x.INT})),
    "numbers": x.list_of(x.INT),
    "answer": x.map_of(),
}

LATE = datetime(2026, 12, 31, 18, tzinfo=UTC)  # 01:00 of the next year in Vietnam


def run(source: str, **values: Any) -> Any:
    return x.compile(source, DECLARED).evaluate(values)


@pytest.mark.parametrize(
    ("source", "values", "result"),
    [
        ("math.least(200000, pages * 2000)", {"pages": Decimal("3")}, 6000),
        ("pages <= 2 ? pages * 2000 : 4000 + (pages - 2) * 1000", {"pages": 5}, 7000),
        ("area > 1.5 && changed", {"area": Decimal("1.6"), "changed": True}, True),
        ("owner.name.startsWith('Nguyễn')", {"owner": {"name": "Nguyễn An"}}, True),
        (
            "years_between(owner.birth_on, filed_on)",
            {"owner": {"birth_on": "2008-11-22"}, "filed_on": date(2026, 11, 21)},
            17,
        ),
        ("filed_on == date('2026-11-21')", {"filed_on": date(2026, 11, 21)}, True),
        ("year(received_at)", {"received_at": LATE}, 2027),
        (
            "days_between(filed_on, received_at)",
            {"filed_on": "2026-12-31", "received_at": datetime(2026, 12, 31, 18, tzinfo=UTC)},
            1,
        ),
        ("parcels.filter(p, p.area > 100).map(p, p.area)", {"parcels": ({"area": 99}, {"area": 101})}, [101]),
        ("size(parcels) == 0 && size(answer) == 0", {}, True),
        ("answer.opinion == 'agree'", {"answer": {"opinion": "agree", "on": date(2026, 1, 1)}}, True),
        ("pages == null ? 'chưa' : 'rồi'", {}, "chưa"),
        ("filed_on == null || pages > 1", {"filed_on": None}, True),
        ("filed_on", {"filed_on": date(2026, 1, 1)}, datetime(2025, 12, 31, 17, tzinfo=UTC)),
    ],
)
def test_values_as_authors_expect(source: str, values: dict[str, Any], result: Any) -> None:
    assert run(source, **values) == result


@pytest.mark.parametrize(
    ("source", "position", "says"),
    [
        ("pgaes > 1", 0, "pgaes"),
        ("pages > 1 &&\n  nmae == ''", 15, "Dòng 2, cột 3"),
        ("pages + name", 6, "(số nguyên, chữ)"),
        ("'Đường' + pagse", 10, "pagse"),
        ("owner.nme == ''", 5, "owner.nme"),
        ("pages >", 7, "cú pháp"),
        ("", 0, "trống"),
        ("1" * 2001, 2000, "2000"),
        ("(" * 200 + "1" + ")" * 200, 0, "quá sâu"),
        ("{'a': pages}", 0, "Kết quả"),
        ("numbers.all(n, numbers.exists(m, m == n))", 0, "vòng lặp"),
        ("numbers.exists(n, size([1].map(m, m)) > n)", 0, "vòng lặp"),
        ("pages > 1 \x00", 10, "ký tự"),
        ("name == '\ud800'", 9, "ký tự"),
    ],
)
def test_the_author_is_told_what_and_where(source: str, position: int, says: str) -> None:
    with pytest.raises(x.BadExpression) as told:
        x.compile(source, DECLARED)
    assert says in str(told.value)
    assert told.value.position == position


def test_loops_one_after_another_are_one_deep() -> None:
    source = "numbers.filter(n, n > 1).map(n, n * 2).exists(n, n == 4) && numbers.all(n, n < 9)"
    assert run(source, numbers=[1, 2]) is True


def test_a_condition_must_be_true_or_false() -> None:
    assert x.compile("changed", DECLARED, returns=x.BOOL).evaluate({"changed": False}) is False
    with pytest.raises(x.BadExpression, match="bool"):
        x.compile("pages", DECLARED, returns=x.BOOL)


def test_what_is_unanswered_is_named() -> None:
    with pytest.raises(x.EvaluationFailed, match="pages") as told:
        run("pages > 1 && name == 'a'", name="a")
    assert told.value.unset == ("pages",)
    with pytest.raises(x.EvaluationFailed) as told:
        run("changed")
    assert told.value.unset == ("changed",)


@pytest.mark.parametrize(
    ("source", "values", "says"),
    [
        ("pages / 0 == 1", {"pages": 1}, "chia cho 0"),
        ("pages * 9223372036854775807", {"pages": 2}, "quá lớn"),
        ("answer.opinion == 'a'", {"answer": {}}, "opinion"),
        ("pages > 1", {"pages": 2.5}, "pages"),
        ("pages > 1", {"pages": True}, "pages"),
        ("pages > 1", {"pages": float("nan")}, "pages"),
        ("pages > 1", {"pages": 2**63}, "pages"),
        ("name == ''", {"name": "a" * 100_001}, "quá dài"),
        ("name == ''", {"name": "\ud800"}, "name"),
        ("numbers.all(n, n > 0)", {"numbers": [1] * 1001}, "1001"),
        ("received_at > filed_on", {"received_at": datetime(2026, 1, 1), "filed_on": "2026-01-01"}, "received_at"),  # noqa: DTZ001
        ("owner.name == ''", {"owner": "An"}, "owner.name"),
        ("date(name) == filed_on", {"name": "30/02/2026", "filed_on": "2026-01-01"}, "Không tính được"),
    ],
)
def test_no_value_is_told_in_a_sentence(source: str, values: dict[str, Any], says: str) -> None:
    with pytest.raises(x.EvaluationFailed) as told:
        run(source, **values)
    assert says in str(told.value)


def test_what_is_not_used_is_not_looked_at() -> None:
    assert run("pages == 1", pages=1, name=object(), numbers=[1] * 5000) is True


def test_the_dearest_expression_stays_cheap() -> None:
    chain = "numbers" + ".map(n, n + 1)" * 9
    started = time.process_time()
    assert run(f"size({chain}) == 1000", numbers=list(range(1000))) is True
    with pytest.raises(x.EvaluationFailed, match="quá nhiều lần"):
        run(f"size({chain}.map(n, n).map(n, n)) == 1000", numbers=list(range(1000)))
    assert time.process_time() - started < 2


def test_compiled_once() -> None:
    assert x.compile("pages > 1", DECLARED) is x.compile(" pages > 1 ", dict(reversed(DECLARED.items())))


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9), st.booleans())
def test_agrees_with_python(pages: int, other: int, changed: bool) -> None:
    source = f"(pages > {other}) == changed || pages + {other} < 0"
    assert run(source, pages=pages, changed=changed) == ((pages > other) == changed or pages + other < 0)


@given(st.text(max_size=60))
def test_any_text_is_an_expression_or_a_sentence(source: str) -> None:
    position = 0
    with suppress(x.EvaluationFailed):
        try:
            x.compile(source, DECLARED).evaluate({"pages": 1})
        except x.BadExpression as told:
            position = told.position
    assert 0 <= position <= len(source)


def test_types_have_names_in_files() -> None:
    assert from_name("list(string)") == x.list_of(x.STRING)
    assert from_name("map") == x.map_of()
    with pytest.raises(ValueError, match="money"):
        from_name("money")
