"""Python values to the values an expression sees, by declared type; bounded before anything runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.foundation.expressions.errors import EvaluationFailed
from motcua.foundation.expressions.types import ANY, Kind, Type
from motcua.foundation.kernel.clocks import VIETNAM

MAX_ITEMS = 1_000
MAX_CHARACTERS = 100_000
_INT64 = 2**63


def plain(value: Any, declared: Type = ANY, name: str = "") -> Any:
    """Return what an expression sees of ``value``: dates as moments, whole decimals as int, tuples as lists.

    A date is its first moment in Vietnam. Inside maps of unknown parts a date stays a text (``2026-11-21``), which
    the function ``date()`` reads. Raises EvaluationFailed when the value is not of the declared type or too big.
    """
    if declared.kind is Kind.LIST:
        return _list(value or (), declared.element or ANY, name)
    if declared.kind in (Kind.MAP, Kind.RECORD):
        return _map(value or {}, declared.element or ANY, name)
    if value is None:
        return None
    if declared.kind is Kind.ANY:
        return _any(value, name)
    return _scalar(value, declared.kind, name)


def _scalar(value: Any, kind: Kind, name: str) -> Any:
    if isinstance(value, Decimal):
        value = int(value) if _is_whole(value) and kind is not Kind.DOUBLE else float(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind is Kind.BOOL and isinstance(value, bool):
        return value
    if kind is Kind.INT and is_number and -_INT64 <= value < _INT64 and value == int(value):
        return int(value)
    if kind is Kind.DOUBLE and is_number:
        return float(value)
    if kind is Kind.STRING and isinstance(value, str | UUID):
        return _text(str(value), name)
    if kind in (Kind.DATE, Kind.TIMESTAMP):
        return _moment(value, name)
    raise _wrong(name)


def _moment(value: Any, name: str) -> datetime:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        except ValueError:
            raise _wrong(name) from None
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise _wrong(name)
        return value
    if isinstance(value, date):
        return datetime.combine(value, time(), VIETNAM)
    raise _wrong(name)


def _list(value: Any, element: Type, name: str) -> list[Any]:
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        raise _wrong(name)
    if len(value) > MAX_ITEMS:
        raise EvaluationFailed(
            _("“%(name)s” có %(count)s mục, biểu thức chỉ xét được tối đa %(limit)s mục.")
            % {"name": name, "count": len(value), "limit": MAX_ITEMS}
        )
    inner = ANY if element.kind is Kind.RECORD else element
    return [plain(item, inner, name) for item in value]


def _map(value: Any, element: Type, name: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise _wrong(name)
    if len(value) > MAX_ITEMS:
        raise EvaluationFailed(_("“%(name)s” có quá nhiều mục để xét.") % {"name": name})
    return {str(key): plain(part, element, f"{name}.{key}") for key, part in value.items()}


def _any(value: Any, name: str) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, str | UUID):
        return _text(str(value), name)
    if isinstance(value, Mapping):
        return _map(value, ANY, name)
    if isinstance(value, Sequence):
        return _list(value, ANY, name)
    whole = isinstance(value, int) or (isinstance(value, Decimal) and _is_whole(value))
    return _scalar(value, Kind.INT if whole else Kind.DOUBLE, name)


def _is_whole(value: Decimal) -> bool:
    return value.is_finite() and value == value.to_integral_value()


def _text(value: str, name: str) -> str:
    if len(value) > MAX_CHARACTERS:
        raise EvaluationFailed(_("Nội dung của “%(name)s” quá dài để xét.") % {"name": name})
    try:
        value.encode()
    except UnicodeEncodeError:  # half a letter, from a broken upload
        raise _wrong(name) from None
    return value


def _wrong(name: str) -> EvaluationFailed:
    return EvaluationFailed(_("Giá trị của “%(name)s” không đúng kiểu đã khai báo.") % {"name": name})
