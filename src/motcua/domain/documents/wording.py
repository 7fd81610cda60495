"""How dates, times and values stand on paper: dd/mm/yyyy, hh:mm:ss, Vietnam's clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.text import nfc


def day(value: date) -> str:
    """Return ``08/10/2026``."""
    return value.strftime("%d/%m/%Y")


def moment(at: datetime) -> str:
    """Return ``08:30:15 ngày 08/10/2026``."""
    return local(at).strftime("%H:%M:%S ngày %d/%m/%Y")


def written_day(value: date) -> str:
    """Return ``ngày 08 tháng 10 năm 2026``: days below 10 and the months 1 and 2 take a zero (NĐ 30/2020)."""
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def printable(value: Any) -> Any:
    """Return a value as plain JSON for a template: dates and moments in words, texts in NFC."""
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): printable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable(item) for item in value]
    return value
