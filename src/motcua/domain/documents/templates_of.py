"""Which template of a kind holds on a day; the built-in ones find their way into the table by themselves."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from motcua.domain.documents import kinds
from motcua.domain.documents.models import PaperTemplate
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import Missing

MADE_BY = "system:built-in"


def current(kind: str, *, at: datetime) -> PaperTemplate:
    """Return the newest template of the kind that is valid at the moment. Raises Missing."""
    ensure_built_in(kind, at=at)
    found = _newest(kind, local(at).date())
    if found is None:
        raise Missing(_("Chưa có mẫu cho loại giấy tờ “%(kind)s”. Hãy tạo mẫu trước.") % {"kind": kind})
    return found


def ensure_built_in(kind: str, *, at: datetime) -> None:
    """Bring a new built-in version into the table, unless an administrator's own template is the newest.

    Two who do it at once make one row: the second finds the version taken and goes on.
    """
    built_in = kinds.KINDS.get(kind)
    if built_in is None:
        return
    newest = PaperTemplate.objects.filter(kind=kind).order_by("-version").first()
    if newest is not None and (not newest.is_built_in or newest.digest == built_in.digest):
        return
    row = PaperTemplate(
        kind=kind,
        version=newest.version + 1 if newest else 1,
        title=built_in.title,
        symbol=built_in.symbol,
        size=built_in.size,
        source=built_in.source,
        sample=built_in.sample,
        digest=built_in.digest,
        is_built_in=True,
        valid_from=date(2000, 1, 1),
        made_at=at,
        made_by=MADE_BY,
    )
    PaperTemplate.objects.bulk_create([row], ignore_conflicts=True)


def _newest(kind: str, on: date) -> PaperTemplate | None:
    return PaperTemplate.objects.filter(kind=kind, valid_from__lte=on).order_by("-version").first()
