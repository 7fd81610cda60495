"""The only place that reads the system clock. The domain is handed the time; channels and running ask here."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def local(at: datetime) -> datetime:
    """Return the moment as a clock in Vietnam shows it."""
    return at.astimezone(VIETNAM)
