"""The ledger in words: one Vietnamese sentence for each line, and the answer in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.domain.deadlines.types import (
    ClockState,
    ExplainedLine,
    Ledger,
    Line,
    LineCode,
    Unit,
    Value,
)
from motcua.foundation.kernel.clocks import local

SENTENCES: Final[Mapping[LineCode, Promise]] = {
    LineCode.STARTED: gettext_lazy("Bắt đầu tính từ lúc %(at)s."),
    LineCode.WINDOWS: gettext_lazy("Giờ làm việc theo lịch “%(calendar)s”: %(windows)s."),
    LineCode.COUNTS_NEXT_DAY: gettext_lazy("Nhận ngoài giờ làm việc nên tính như nhận lúc %(counts_from)s."),
    LineCode.AFTER_CUT_OFF: gettext_lazy("Nhận sau %(cut_off)s nên tính như nhận lúc %(counts_from)s."),
    LineCode.DAY_NOT_COUNTED: gettext_lazy("Ngày %(at)s là ngày đầu, không tính."),
    LineCode.NEXT_OPEN_MINUTE: gettext_lazy("Giờ làm việc kế tiếp bắt đầu lúc %(at)s."),
    LineCode.LIMIT: gettext_lazy("Thời hạn %(limit)s, tính đến %(at)s."),
    LineCode.REST_DAY: gettext_lazy("Ngày %(at)s nghỉ, không tính: %(name)s."),
    LineCode.MAKE_UP_DAY: gettext_lazy("Ngày %(at)s làm bù, có tính: %(name)s."),
    LineCode.HALF_DAY: gettext_lazy("Ngày %(at)s chỉ làm việc một buổi: %(name)s."),
    LineCode.MOVED_OFF_REST: gettext_lazy(
        "Ngày cuối %(at)s là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo, %(to)s."
    ),
    LineCode.PAUSED: gettext_lazy("Tạm dừng lúc %(at)s, còn lại %(left)s."),
    LineCode.PAUSED_LATE: gettext_lazy(
        "Tạm dừng lúc %(at)s khi đã quá hạn: hạn giữ nguyên, thời gian quá hạn không tăng thêm."
    ),
    LineCode.RESUMED: gettext_lazy("Tính tiếp từ lúc %(at)s, còn lại %(left)s."),
    LineCode.RESUMED_LATE: gettext_lazy("Tính tiếp từ lúc %(at)s; hạn cũ giữ nguyên vì đã quá hạn."),
    LineCode.RESTARTED: gettext_lazy("Đã nhận đủ lúc %(at)s: tính lại từ đầu."),
    LineCode.RESTART_TOO_LATE: gettext_lazy("Đã nhận đủ lúc %(at)s; hạn cũ giữ nguyên vì đã quá hạn, không tính lại."),
    LineCode.EXTENDED: gettext_lazy("Gia hạn thêm %(limit)s, duyệt lúc %(at)s."),
    LineCode.EXTENSION_TOO_LATE: gettext_lazy("Gia hạn %(limit)s duyệt lúc %(at)s, khi đã quá hạn: không có hiệu lực."),
    LineCode.STOPPED: gettext_lazy("Kết thúc lúc %(at)s."),
}


def words(line: Line, ledger: Ledger) -> str:
    """The sentence of one line, in the active language."""
    if line.code is LineCode.ANSWER:
        return sentence(ledger)
    values = {name: _value(value) for name, value in line.values.items()}
    values["at"] = _value(line.at)
    unit = line.values.get("unit")
    if isinstance(unit, Unit):
        if (amount := line.values.get("amount")) is not None:
            values["limit"] = quantity(amount, unit)
        if (left := line.values.get("left")) is not None:
            values["left"] = quantity(left, unit)
    text = str(SENTENCES[line.code]) % values
    return f"{text[:-1]} ({_told(line.reason)})." if line.reason else text


def explained(ledger: Ledger) -> tuple[ExplainedLine, ...]:
    """Every line in words, in order."""
    return tuple(
        ExplainedLine(
            code=line.code,
            at=line.at,
            words=words(line, ledger),
            due_at=line.due_at,
            ground=line.ground,
            document=line.document,
            by=line.by,
        )
        for line in ledger.lines
    )


def sentence(ledger: Ledger) -> str:
    """The answer: "Hạn 17:00 ngày 01/12/2026: 10 ngày làm việc từ 12/11/2026, cộng 2 ngày …"."""
    parts = [_limit_words(ledger), *_additions(ledger)]
    text = _("Hạn %(due)s: %(parts)s.") % {
        "due": _moment(ledger.due_at),
        "parts": ", ".join(parts),
    }
    if ledger.state is ClockState.PAUSED:
        return f"{text} {_waiting(ledger)}"
    if ledger.stopped_at is not None:
        return f"{text} {_outcome(ledger, ledger.stopped_at)}"
    return text


def quantity(amount: Value, unit: Unit) -> str:
    """An amount in words: "10 ngày làm việc", "2 giờ 30 phút làm việc"; a timedelta is told in hours and minutes."""
    if isinstance(amount, timedelta):
        return _duration(amount, unit)
    count = int(str(amount))
    if count == 0 and unit is Unit.WORKING_DAYS:
        return _("trong ngày")
    return _counted(count, unit) % {"count": count}


def late_words(late: timedelta) -> str:
    """A lateness in words: "Quá hạn 3 ngày" (TT 11/2025: "Hạn xử lý 15/08/2023 – Quá hạn 3 ngày")."""
    if late >= timedelta(days=1):
        days = late.days
        return ngettext("Quá hạn %(count)d ngày", "Quá hạn %(count)d ngày", days) % {"count": days}
    return _("Quá hạn %(duration)s") % {"duration": _hours_and_minutes(late)}


def _counted(count: int, unit: Unit) -> str:
    match unit:
        case Unit.MINUTES:
            return ngettext("%(count)d phút làm việc", "%(count)d phút làm việc", count)
        case Unit.WORKING_HOURS:
            return ngettext("%(count)d giờ làm việc", "%(count)d giờ làm việc", count)
        case Unit.ELAPSED_HOURS:
            return ngettext("%(count)d giờ", "%(count)d giờ", count)
        case Unit.WORKING_DAYS:
            return ngettext("%(count)d ngày làm việc", "%(count)d ngày làm việc", count)
        case Unit.CALENDAR_DAYS:
            return ngettext("%(count)d ngày", "%(count)d ngày", count)
        case Unit.MONTHS:
            return ngettext("%(count)d tháng", "%(count)d tháng", count)
        case Unit.YEARS:
            return ngettext("%(count)d năm", "%(count)d năm", count)


def _duration(amount: timedelta, unit: Unit) -> str:
    told = _hours_and_minutes(amount)
    if unit is Unit.ELAPSED_HOURS:
        return told
    return _("%(duration)s làm việc") % {"duration": told}


def _hours_and_minutes(amount: timedelta) -> str:
    hours, minutes = divmod(int(amount.total_seconds()) // 60, 60)
    if not hours:
        return ngettext("%(count)d phút", "%(count)d phút", minutes) % {"count": minutes}
    told = ngettext("%(count)d giờ", "%(count)d giờ", hours) % {"count": hours}
    if minutes:
        told += " " + ngettext("%(count)d phút", "%(count)d phút", minutes) % {"count": minutes}
    return told


def _limit_words(ledger: Ledger) -> str:
    values = ledger.answer.values
    told = {
        "limit": quantity(ledger.rule.amount, ledger.rule.unit),
        "since": _value(values["since"]),
    }
    restart = next((x for x in reversed(ledger.lines) if x.code is LineCode.RESTARTED), None)
    if restart is None:
        return _("%(limit)s từ %(since)s") % told
    text = _("%(limit)s tính lại từ %(since)s") % told
    return f"{text} ({restart.document})" if restart.document else text


def _additions(ledger: Ledger) -> list[str]:
    """What was added since the limit last began: pauses with their paper, extensions with theirs."""
    told: list[str] = []
    for line in ledger.lines:
        added = line.values.get("added")
        if line.code is LineCode.RESTARTED:
            told.clear()
        elif line.code is LineCode.RESUMED and added:
            told.append(_pause_words(line, ledger.rule.unit))
        elif line.code is LineCode.EXTENDED:
            told.append(_extension_words(line))
    return told


def _pause_words(line: Line, unit: Unit) -> str:
    days = unit in (Unit.MONTHS, Unit.YEARS)
    text = _("cộng %(added)s %(reason)s") % {
        "added": quantity(line.values["added"], Unit.CALENDAR_DAYS if days else unit),
        "reason": _inside(_told(str(line.values.get("pause_reason") or ""))) or _("tạm dừng"),
    }
    document = line.values.get("pause_document")
    return f"{text} ({document})" if document else text


def _extension_words(line: Line) -> str:
    amount = line.values["amount"]
    text = _("gia hạn %(added)s") % {"added": quantity(amount, Unit(str(line.values["unit"])))}
    named = line.document or line.ground
    return f"{text} ({named})" if named else text


def _waiting(ledger: Ledger) -> str:
    pause = ledger.pauses[-1]
    told = {"at": _moment(pause.from_at), "reason": _inside(_told(pause.reason)) or _("tạm dừng")}
    if ledger.left is None:
        return _("Đang dừng từ %(at)s (%(reason)s); hạn giữ nguyên vì đã quá hạn.") % told
    days = ledger.rule.unit in (Unit.MONTHS, Unit.YEARS)
    unit = Unit.CALENDAR_DAYS if days else ledger.rule.unit
    told["left"] = _("0 ngày") if ledger.left == 0 else quantity(ledger.left, unit)
    return _("Đang dừng từ %(at)s (%(reason)s), còn lại %(left)s.") % told


def _outcome(ledger: Ledger, stopped_at: datetime) -> str:
    late = ledger.late_by(stopped_at)
    told = {"at": _moment(stopped_at), "late": late_words(late)}
    if late:
        return _("Kết thúc lúc %(at)s. %(late)s.") % told
    return _("Kết thúc lúc %(at)s, đúng hạn.") % told


def _told(reason: str) -> str:
    """A recorded reason in the reader's language, when it is one of the product's own; a person's words stay."""
    return _(reason) if reason else ""


def _inside(reason: str) -> str:
    """A reason as it stands inside a sentence: "Chờ người nộp" → "chờ người nộp", abbreviations as they are."""
    return reason if reason[1:2].isupper() else reason[:1].lower() + reason[1:]


def _moment(at: datetime) -> str:
    shown = local(at)
    return _("%(time)s ngày %(date)s") % {"time": f"{shown:%H:%M}", "date": f"{shown:%d/%m/%Y}"}


def _value(value: Value) -> str:
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value)
