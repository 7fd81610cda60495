"""Reading files back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.errors import Missing
from motcua.foundation.storage import places, sealing
from motcua.foundation.storage.models import File
from motcua.foundation.storage.types import FileState, StoredFile


def file(file_id: UUID) -> StoredFile:
    """Return what is known of the file. Raises Missing."""
    return stored(_row(file_id))


def files(file_ids: Iterable[UUID]) -> Mapping[UUID, StoredFile]:
    """Return several files by id; unknown ids are absent."""
    return {row.id: stored(row) for row in File.objects.filter(id__in=list(file_ids))}


def read(file_id: UUID) -> bytes:
    """Return the whole file. Raises Missing, or InvalidTag when its bytes were altered."""
    return b"".join(chunks(file_id))


def chunks(file_id: UUID, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """Yield the plain bytes from ``start`` up to (not including) ``end``. Raises Missing."""
    row = _row(file_id)
    with places.read(row.object_key) as sealed:
        yield from sealing.open_sealed(sealed, row.object_key, size=row.size, start=start, end=end)


def stored(row: File) -> StoredFile:
    """Return the row as other rooms see it."""
    return StoredFile(
        row.id,
        row.name,
        row.media_type,
        row.size,
        row.sha256,
        FileState(row.state),
        row.refused_why,
        row.stored_at,
        row.stored_by,
    )


def _row(file_id: UUID) -> File:
    row = File.objects.filter(id=file_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy tệp này."))
    return row
