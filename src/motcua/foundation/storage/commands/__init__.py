"""Storage's verbs."""

from motcua.foundation.storage.commands.keep import keep
from motcua.foundation.storage.commands.receive import receive
from motcua.foundation.storage.commands.rescan import rescan
from motcua.foundation.storage.commands.sweep import mark_referenced, sweep

__all__ = ["keep", "mark_referenced", "receive", "rescan", "sweep"]
