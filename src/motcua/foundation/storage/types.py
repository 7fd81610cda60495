"""What storage is asked for and gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

EVENTS = ("file.received", "file.refused", "file.swept")
MEGABYTE = 1024 * 1024


class FileState(StrEnum):
    """Whether a file may be shown."""

    CLEAN = "clean"
    QUARANTINED = "quarantined"
    REFUSED = "refused"


PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
TIFF = "image/tiff"
DOC = "application/msword"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLS = "application/vnd.ms-excel"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
TEXT = "text/plain"
XML = "application/xml"

# TT 39/2017/TT-BTTTT as used by government systems (law/facts.md §14); .jpeg .png .pdf .doc .docx at least (TT21-PL1-7).
EXTENSIONS: dict[str, tuple[str, ...]] = {
    PDF: ("pdf",),
    JPEG: ("jpg", "jpeg"),
    PNG: ("png",),
    TIFF: ("tif", "tiff"),
    DOC: ("doc",),
    DOCX: ("docx",),
    XLS: ("xls",),
    XLSX: ("xlsx",),
    ODT: ("odt",),
    RTF: ("rtf",),
    TEXT: ("txt",),
    XML: ("xml",),
}
USUAL = frozenset({PDF, JPEG, PNG, DOC, DOCX})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one upload may be; told to the person before they choose a file."""

    max_bytes: int = 20 * MEGABYTE
    media_types: frozenset[str] = field(default=USUAL)

    @property
    def extensions(self) -> tuple[str, ...]:
        """The endings a person may choose, in a steady order."""
        return tuple(ending for kind, endings in EXTENSIONS.items() if kind in self.media_types for ending in endings)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as other rooms see it; ``size`` in bytes, ``sha256`` of the plain bytes in hex."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    state: FileState
    refused_why: str
    stored_at: datetime
    stored_by: str
