"""A bound on look-ups by address, shared by all processes: 20 in five minutes, then wait."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from motcua.channels.portal.models import LookUps
from motcua.foundation.kernel.encryption import blind_index
from motcua.foundation.kernel.errors import NotAllowed
from motcua.foundation.kernel.identifiers import new_id

WINDOW = timedelta(minutes=5)
MOST = 20
KEPT = timedelta(hours=1)
TOO_MANY = _("Bạn đã tra cứu nhiều lần liên tiếp. Hãy chờ năm phút rồi thử lại, hoặc đăng nhập để xem hồ sơ của bạn.")
COUNT = """
INSERT INTO portal_lookups (id, address, "window", count) VALUES (%s, %s, %s, 1)
ON CONFLICT (address, "window") DO UPDATE SET count = portal_lookups.count + 1 RETURNING count
"""


class TooOften(NotAllowed):
    """This address has looked up too often; nothing was looked up."""


def count_look_up(address: str, *, at: datetime) -> None:
    """Count one look-up of the address. Raises TooOften beyond the bound."""
    seconds = int(WINDOW.total_seconds())
    window = datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, tz=at.tzinfo)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [new_id(), blind_index("look-up address", address), window])
        count = cursor.fetchone()[0]
    if count == 1:
        LookUps.objects.filter(window__lt=at - KEPT).delete()
    if count > MOST:
        raise TooOften(TOO_MANY)
