"""The verbs of notices."""

from motcua.domain.notices.commands.mark_read import mark_read

__all__ = ["mark_read"]
