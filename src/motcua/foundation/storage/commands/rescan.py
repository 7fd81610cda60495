"""Look again at files that the antivirus could not be asked about."""

from __future__ import annotations

from tempfile import TemporaryFile

from django.utils.translation import gettext as _

from motcua.foundation.kernel.errors import Unavailable
from motcua.foundation.storage import places, ports, queries
from motcua.foundation.storage.models import File
from motcua.foundation.storage.types import FileState

AT_ONCE = 50


def rescan() -> int:
    """Scan quarantined files; a clean one is released, a harmful one loses its bytes and keeps its reason.

    Returns how many were decided; stops at the first that cannot be asked about.
    """
    engine, decided = ports.scanner(), 0
    if engine is None:
        return 0
    for row in File.objects.filter(state=FileState.QUARANTINED).order_by("stored_at")[:AT_ONCE]:
        with TemporaryFile() as plain:
            for chunk in queries.chunks(row.id):
                plain.write(chunk)
            plain.seek(0)
            try:
                found = engine.scan(plain)
            except Unavailable:
                return decided
        if found:
            places.erase(row.object_key)
            row.state, row.refused_why = FileState.REFUSED, _("Tệp này chứa mã độc (%(name)s).") % {"name": found}
        else:
            row.state = FileState.CLEAN
        row.scanned_by = engine.name
        row.save(update_fields=["state", "refused_why", "scanned_by"])
        decided += 1
    return decided
