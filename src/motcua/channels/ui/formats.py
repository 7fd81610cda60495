"""How the screens write dates, times, amounts and spans (TT 21/2023 PL6-12: DD/MM/YYYY and hh:mm:ss).

Every function takes nothing for nothing: ``None`` gives an empty text, so templates need no condition.
"""

from __future__ import annotations

import datetime as dt
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.foundation.kernel import clocks, money


def date(value: dt.date | dt.datetime | str | None) -> str:
    """Return ``05/11/2026``; a moment gives its date in Vietnam, a text ``yyyy-mm-dd`` is read first."""
    day = _day(value)
    return f"{day.day:02}/{day.month:02}/{day.year:04}" if day else ""


def time(value: dt.datetime | None) -> str:
    """Return ``09:05:07``, the clock in Vietnam."""
    if value is None:
        return ""
    at = clocks.local(value)
    return f"{at.hour:02}:{at.minute:02}:{at.second:02}"


def moment(value: dt.datetime | None) -> str:
    """Return ``05/11/2026 09:05:07``."""
    return f"{date(value)} {time(value)}" if value is not None else ""


def clock(value: dt.datetime | None) -> str:
    """Return ``09:05``, for sentences ("Đã lưu lúc 09:05")."""
    return time(value)[:5]


def iso(value: dt.date | dt.datetime | None) -> str:
    """Return what the ``datetime`` attribute of ``<time>`` wants."""
    if isinstance(value, dt.datetime):
        return clocks.local(value).isoformat(timespec="seconds")
    return value.isoformat() if value else ""


def dong(value: int | None) -> str:
    """Return ``700.000 đ``."""
    return money.dong(value) if value is not None else ""


def number(value: int | float | Decimal | None) -> str:
    """Return ``1.250`` or ``1.250,5``: points for thousands, a comma for the fraction."""
    if value is None:
        return ""
    whole, _dot, fraction = f"{value:,}".partition(".")
    fraction = fraction.rstrip("0") if isinstance(value, float) else fraction
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")


def size(value: int | None) -> str:
    """Return a file's size: ``812 B``, ``34 kB``, ``1,5 MB``."""
    if value is None:
        return ""
    if value < 1000:
        return f"{value} B"
    if value < 1_000_000:
        return f"{round(value / 1000)} kB"
    return f"{number(round(value / 1_000_000, 1))} MB"


def limit(value: int) -> str:
    """Return the most a file may be, in the megabytes that storage counts in (2**20): ``20 MB``, ``1,5 MB``."""
    return f"{number(round(value / 2**20, 1))} MB".replace(",0 ", " ")


def span(value: timedelta) -> str:
    """Return the two largest units of a span: ``2 ngày 3 giờ``, ``3 giờ 5 phút``, ``dưới 1 phút``."""
    minutes = int(abs(value).total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    words = [
        ngettext("%(count)s ngày", "%(count)s ngày", days) % {"count": days} if days else "",
        ngettext("%(count)s giờ", "%(count)s giờ", hours) % {"count": hours} if hours else "",
        ngettext("%(count)s phút", "%(count)s phút", minutes) % {"count": minutes} if minutes and not days else "",
    ]
    return " ".join([word for word in words if word][:2]) or _("dưới 1 phút")


def slack(due_at: dt.datetime | None, at: dt.datetime | None = None, *, late_by: timedelta | None = None) -> str:
    """Return ``còn 2 ngày 3 giờ`` or ``quá hạn 3 ngày``.

    ``late_by`` is the lateness the ledger found (pauses do not count); without it the plain difference is shown.
    """
    if due_at is None:
        return ""
    left = due_at - (at or clocks.now())
    if late_by if late_by is not None else left < timedelta():
        return _("quá hạn %(span)s") % {"span": span(late_by or left)}
    return _("còn %(span)s") % {"span": span(left)}


def share_left(due_at: dt.datetime, started_at: dt.datetime, at: dt.datetime | None = None) -> int:
    """Return how much of the time is left, 0–100, for the thin bar beside the words."""
    whole = (due_at - started_at).total_seconds()
    left = (due_at - (at or clocks.now())).total_seconds()
    return max(0, min(100, round(100 * left / whole))) if whole > 0 else 0


def _day(value: dt.date | dt.datetime | str | None) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return clocks.local(value).date()
    if isinstance(value, str):
        return dt.date.fromisoformat(value[:10]) if value else None
    return value


FILTERS = {
    "date": date,
    "time": time,
    "datetime": moment,
    "clock": clock,
    "iso": iso,
    "dong": dong,
    "number": number,
    "size": size,
    "limit": limit,
    "span": span,
    "slack": slack,
    "share_left": share_left,
}
