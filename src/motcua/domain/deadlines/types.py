"""Words of the room: units, limits, entries of a clock and the ledger that comes out of them.

Everything here is plain data without Django, so that the arithmetic can be read, tested and
reused on its own. Moments are aware datetimes; dates are dates in Việt Nam.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

EVENTS: Final = (
    "clock.started",
    "clock.paused",
    "clock.resumed",
    "clock.restarted",
    "clock.extended",
    "clock.stopped",
    "clock.moved",
    "calendar.opened",
    "calendar.windows_set",
    "calendar.day_set",
    "calendar.day_cleared",
)


class Unit(StrEnum):
    """What a limit counts. Days, months and years end on a date; the others at a moment."""

    MINUTES = "minutes"
    WORKING_HOURS = "working_hours"
    ELAPSED_HOURS = "elapsed_hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    YEARS = "years"


#: A limit above this is a slip of the keyboard: the longest limits of the law are a few years.
LARGEST: Final[Mapping[Unit, int]] = MappingProxyType(
    {
        Unit.MINUTES: 500_000,
        Unit.WORKING_HOURS: 8_000,
        Unit.ELAPSED_HOURS: 90_000,
        Unit.WORKING_DAYS: 3_700,
        Unit.CALENDAR_DAYS: 3_700,
        Unit.MONTHS: 120,
        Unit.YEARS: 10,
    }
)

OPEN_TIME: Final = frozenset({Unit.MINUTES, Unit.WORKING_HOURS})
DAYS: Final = frozenset({Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.YEARS})


class ClockKind(StrEnum):
    """Which waiting is measured; one subject may have several clocks at once."""

    RECEPTION = "reception"
    RESOLVING = "resolving"
    APPLICANT = "applicant"
    STEP = "step"
    CONSULTATION = "consultation"


class ClockState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class EntryKind(StrEnum):
    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    RESTARTED = "restarted"
    EXTENDED = "extended"
    STOPPED = "stopped"


class BadRule(ValueError):
    """A limit that cannot be meant: `code` says why (`negative`, `zero`, `too_large`, `same_time`, …)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BadEntries(ValueError):
    """Entries that contradict each other: `code` names the first contradiction."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class LimitRule:
    """A limit as an edition states it, with the options the law leaves open.

    amount, unit: how much; 0 working days means the same day.
    ground: the article it stands on, printed on the ledger.
    after_hours_next_day: a receipt after the last window or on a rest day counts as the next
        working day's (an edition's option, needs its own ground).
    cut_off: a receipt *after* this time counts as the next working day's (NĐ 301/2026 Điều 7 and
        same-day procedures: 15:00:00); the second itself still counts today.
    same_time: working days end at the time of day they started, not with the last window.
    in_windows: elapsed hours start with the next open minute, not at the exact moment.
    """

    amount: int
    unit: Unit
    ground: str = ""
    after_hours_next_day: bool = False
    cut_off: time | None = None
    same_time: bool = False
    in_windows: bool = False

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise BadRule("negative")
        if self.amount > LARGEST[self.unit]:
            raise BadRule("too_large")
        if self.amount == 0 and self.unit not in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS):
            raise BadRule("zero")
        if self.same_time and (self.unit is not Unit.WORKING_DAYS or self.amount == 0):
            raise BadRule("same_time")

    def to_json(self) -> dict[str, str | int | bool | None]:
        return {
            "amount": self.amount,
            "unit": self.unit.value,
            "ground": self.ground,
            "after_hours_next_day": self.after_hours_next_day,
            "cut_off": self.cut_off.isoformat() if self.cut_off else None,
            "same_time": self.same_time,
            "in_windows": self.in_windows,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> LimitRule:
        """The rule `to_json` wrote; `amount` and `unit` are enough. Raises BadRule."""
        amount, cut_off = data.get("amount"), data.get("cut_off")
        if not isinstance(amount, int) or isinstance(amount, bool):
            raise BadRule("amount")
        try:
            return cls(
                amount=amount,
                unit=Unit(str(data.get("unit"))),
                ground=str(data.get("ground") or ""),
                after_hours_next_day=bool(data.get("after_hours_next_day")),
                cut_off=time.fromisoformat(str(cut_off)) if cut_off else None,
                same_time=bool(data.get("same_time")),
                in_windows=bool(data.get("in_windows")),
            )
        except BadRule:
            raise
        except ValueError as wrong:
            raise BadRule("unit_or_time") from wrong


#: Answer from the queue: receive, ask for completion, refuse, return (an edition may set its own).
RECEPTION_LIMIT: Final = LimitRule(8, Unit.WORKING_HOURS)
#: … for joined-up procedures of civil status (NĐ 63/2024 as amended by NĐ 301/2026).
JOINED_UP_RECEPTION_LIMIT: Final = LimitRule(24, Unit.ELAPSED_HOURS, "NĐ 301/2026/NĐ-CP")
#: How long the applicant has to supplement where law gives a window (NĐ 301/2026).
APPLICANT_WINDOW: Final = LimitRule(7, Unit.WORKING_DAYS, "NĐ 301/2026/NĐ-CP")


@dataclass(frozen=True, slots=True)
class Entry:
    """One act on a clock.

    at: when it was true. For `restarted` that is the hand-in of the last missing item.
    reason, ground, document, by: why, by which article, on which paper, by whom; as printed.
    amount, unit: for `extended` only.
    """

    kind: EntryKind
    at: datetime
    reason: str = ""
    ground: str = ""
    document: str = ""
    by: str = ""
    amount: int = 0
    unit: Unit | None = None


class LineCode(StrEnum):
    """What a line of the ledger says; `wording` has the sentence for each."""

    STARTED = "started"
    WINDOWS = "windows"
    COUNTS_NEXT_DAY = "counts_next_day"
    AFTER_CUT_OFF = "after_cut_off"
    DAY_NOT_COUNTED = "day_not_counted"
    NEXT_OPEN_MINUTE = "next_open_minute"
    LIMIT = "limit"
    REST_DAY = "rest_day"
    MAKE_UP_DAY = "make_up_day"
    HALF_DAY = "half_day"
    MOVED_OFF_REST = "moved_off_rest"
    PAUSED = "paused"
    PAUSED_LATE = "paused_late"
    RESUMED = "resumed"
    RESUMED_LATE = "resumed_late"
    RESTARTED = "restarted"
    RESTART_TOO_LATE = "restart_too_late"
    EXTENDED = "extended"
    EXTENSION_TOO_LATE = "extension_too_late"
    STOPPED = "stopped"
    ANSWER = "answer"


Value = str | int | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ledger: when, what, on which ground, and the due moment after it."""

    code: LineCode
    at: datetime | date
    due_at: datetime | None
    values: Mapping[str, Value] = field(default_factory=dict)
    reason: str = ""
    ground: str = ""
    document: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that does not count, from `from_at` to `to_at` (None: still waiting)."""

    from_at: datetime
    to_at: datetime | None
    added: int | timedelta = 0
    reason: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a clock says and why.

    due_at: the due moment; while paused, the one that stood when the pause began.
    nominal: the last day (or exact expiry) before it is moved off a rest day.
    left: while paused, what remains: days for limits in days, otherwise a timedelta.
    late_at_pause: the clock was already late when it was paused, so its due moment stays.
    """

    rule: LimitRule
    lines: tuple[Line, ...]
    due_at: datetime
    nominal: date | datetime
    state: ClockState
    started_at: datetime
    late_at_pause: bool = False
    left: int | timedelta | None = None
    pauses: tuple[Pause, ...] = ()
    stopped_at: datetime | None = None

    @property
    def is_running(self) -> bool:
        return self.state is ClockState.RUNNING

    @property
    def answer(self) -> Line:
        """The last line: the due moment in one sentence (`wording.sentence`)."""
        return self.lines[-1]

    def late_by(self, at: datetime) -> timedelta:
        """How late the clock is at a moment; pauses do not count; zero while on time."""
        until = min(at, self.stopped_at) if self.stopped_at else at
        late = until - self.due_at
        for pause in self.pauses:
            begin = max(pause.from_at, self.due_at)
            end = min(pause.to_at or until, until)
            late -= max(end - begin, timedelta())
        return max(late, timedelta())

    def is_late(self, at: datetime) -> bool:
        return self.late_by(at) > timedelta()


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock as other rooms see it."""

    id: UUID
    subject_id: UUID
    kind: ClockKind
    key: str
    state: ClockState
    due_at: datetime
    started_at: datetime
    rule: LimitRule
    calendar_id: UUID
    stopped_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """A line of the ledger in words, ready to be shown, printed or sent."""

    code: LineCode
    at: datetime | date
    words: str
    due_at: datetime | None
    ground: str = ""
    document: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The ledger page: every line in words and the answer in one sentence."""

    clock: ClockView
    ledger: Ledger
    lines: tuple[ExplainedLine, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Lateness:
    """A due moment, how late it is (pauses not counted) and the words for it ("" while on time)."""

    due_at: datetime
    late: timedelta
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored due moment that the entries do not give again."""

    clock: ClockView
    computed_at: datetime
    computed_state: ClockState


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A calendar in a list; without ``agency_id`` it is the nation's, what it lacks it has from ``parent_id``."""

    id: UUID
    name: str
    agency_id: UUID | None
    parent_id: UUID | None
    valid_from: date | None
    valid_to: date | None
