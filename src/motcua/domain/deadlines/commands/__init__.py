"""The verbs of deadlines."""

from motcua.domain.deadlines.commands.extend_clock import extend_clock
from motcua.domain.deadlines.commands.open_calendar import open_calendar
from motcua.domain.deadlines.commands.pause_clock import pause_clock
from motcua.domain.deadlines.commands.recompute import recompute
from motcua.domain.deadlines.commands.restart_clock import restart_clock
from motcua.domain.deadlines.commands.resume_clock import resume_clock
from motcua.domain.deadlines.commands.set_day import clear_day, set_day
from motcua.domain.deadlines.commands.set_windows import set_windows
from motcua.domain.deadlines.commands.start_clock import start_clock
from motcua.domain.deadlines.commands.stop_clock import stop_clock

__all__ = [
    "clear_day",
    "extend_clock",
    "open_calendar",
    "pause_clock",
    "recompute",
    "restart_clock",
    "resume_clock",
    "set_day",
    "set_windows",
    "start_clock",
    "stop_clock",
]
