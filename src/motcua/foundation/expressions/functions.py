"""The functions of our own that every expression may call, beside CEL's and its ``math``.

``date("2026-11-21")`` · ``year(d)`` · ``month(d)`` · ``day(d)`` · ``years_between(from, to)`` (full years, as an age
is counted) · ``days_between(from, to)``. All as a calendar in Vietnam shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

from cel_expr_python import cel

from motcua.foundation.kernel.clocks import VIETNAM


def _date(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), time(), VIETNAM)


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()


def _years_between(start: datetime, end: datetime) -> int:
    first, last = _day(start), _day(end)
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def _declare(name: str, takes: Sequence[cel.Type], gives: cel.Type, does: Callable[..., Any]) -> cel.FunctionDecl:
    overload = cel.Overload(id=f"motcua_{name}", return_type=gives, parameters=takes, is_member=False, impl=does)
    return cel.FunctionDecl(name, [overload])


_MOMENT, _WHOLE = cel.Type.TIMESTAMP, cel.Type.INT
FUNCTIONS = (
    _declare("date", [cel.Type.STRING], _MOMENT, _date),
    _declare("year", [_MOMENT], _WHOLE, lambda moment: _day(moment).year),
    _declare("month", [_MOMENT], _WHOLE, lambda moment: _day(moment).month),
    _declare("day", [_MOMENT], _WHOLE, lambda moment: _day(moment).day),
    _declare("years_between", [_MOMENT, _MOMENT], _WHOLE, _years_between),
    _declare("days_between", [_MOMENT, _MOMENT], _WHOLE, lambda start, end: (_day(end) - _day(start)).days),
)
