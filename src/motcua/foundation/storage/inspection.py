"""What a file really is, and whether it is safe to show: told from its bytes, never from its name."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PdfReadError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject

from motcua.foundation.storage import types as kinds

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_UNPACKED = 300 * kinds.MEGABYTE
MAX_RATIO = 200
MAX_PIXELS = 120_000_000
# The industry's harmless test file; recognised here so that the path of a refused file can be tried without ClamAV.
EICAR = re.compile(rb"X5O!P%@AP\[4\\PZX54\(P\^\)7CC\)7\}\$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE")
ACTIVE = ("/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/RichMedia", "/XFA")


class Unfit(Exception):
    """The file cannot be taken; ``sentence`` says why and what to do."""

    def __init__(self, sentence: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def media_type(stream: BinaryIO) -> str:
    """Return the media type by content, empty when it is none that we know."""
    stream.seek(0)
    head = stream.read(4096)
    if b"%PDF-" in head[:1024]:
        return kinds.PDF
    starts = {
        b"\xff\xd8\xff": kinds.JPEG,
        b"\x89PNG\r\n\x1a\n": kinds.PNG,
        b"II*\x00": kinds.TIFF,
        b"MM\x00*": kinds.TIFF,
    }
    starts |= {b"{\\rtf": kinds.RTF, b"<?xml": kinds.XML, b"\xef\xbb\xbf<?xml": kinds.XML}
    for start, kind in starts.items():
        if head.startswith(start):
            return kind
    if head.startswith(OLE):
        return kinds.XLS if _ole_holds(stream, "Workbook") else kinds.DOC
    if head.startswith(b"PK\x03\x04"):
        return _zipped(stream)
    return kinds.TEXT if _is_text(head) else ""


def inspect(stream: BinaryIO, kind: str) -> None:
    """Check that the file is whole and harmless. Raises Unfit."""
    if _holds_test_virus(stream):
        raise Unfit(_("Tệp này chứa mã độc nên không được nhận. Hãy quét máy của bạn rồi tạo lại tệp."))
    stream.seek(0)
    checks: dict[str, Callable[[BinaryIO], None]] = {
        kinds.PDF: _inspect_pdf,
        kinds.JPEG: _inspect_image,
        kinds.PNG: _inspect_image,
        kinds.TIFF: _inspect_image,
        kinds.DOCX: _inspect_zip,
        kinds.XLSX: _inspect_zip,
        kinds.ODT: _inspect_zip,
    }
    if kind in checks:
        checks[kind](stream)
    stream.seek(0)


def _holds_test_virus(stream: BinaryIO) -> bool:
    stream.seek(0)
    tail = b""
    while chunk := stream.read(kinds.MEGABYTE):
        if EICAR.search(tail + chunk):
            return True
        tail = chunk[-80:]
    return False


def _ole_holds(stream: BinaryIO, name: str) -> bool:
    stream.seek(0)
    return name.encode("utf-16-le") in stream.read(2 * kinds.MEGABYTE)


def _zipped(stream: BinaryIO) -> str:
    stream.seek(0)
    try:
        names = set(zipfile.ZipFile(stream).namelist()[:2000])
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError):
        return ""
    if "word/document.xml" in names:
        return kinds.DOCX
    if "xl/workbook.xml" in names:
        return kinds.XLSX
    return kinds.ODT if "content.xml" in names and "mimetype" in names else ""


def _is_text(head: bytes) -> bool:
    try:
        text = head.decode("utf-8", errors="strict" if len(head) < 4096 else "ignore")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and "\x00" not in text and "<script" not in text.lower() and "<html" not in text.lower()


def _inspect_zip(stream: BinaryIO) -> None:
    entries = zipfile.ZipFile(stream).infolist()
    unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, 1024) or len(entries) > 20_000:
        raise Unfit(_("Tệp nén bung ra quá lớn nên không được nhận. Hãy lưu lại dưới dạng PDF rồi tải lên."))
    if any(entry.filename.endswith("vbaProject.bin") for entry in entries):
        raise Unfit(_("Tệp có chứa macro nên không được nhận. Hãy lưu lại dưới dạng PDF rồi tải lên."))


def _inspect_image(stream: BinaryIO) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(stream)
            if picture.width * picture.height > MAX_PIXELS:
                raise Unfit(_("Ảnh có quá nhiều điểm ảnh. Hãy chụp lại hoặc thu nhỏ ảnh rồi tải lên."))
            picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Unfit(_("Không mở được ảnh này, có thể tệp bị hỏng. Hãy chụp lại rồi tải lên.")) from None


def _inspect_pdf(stream: BinaryIO) -> None:
    try:
        reader = PdfReader(stream, strict=False)
        if reader.is_encrypted:
            raise Unfit(_("Tệp PDF có đặt mật khẩu nên cán bộ không mở được. Hãy bỏ mật khẩu rồi tải lên."))
        if not reader.pages:
            raise Unfit(_("Tệp PDF không có trang nào. Hãy tạo lại tệp rồi tải lên."))
        if _active_content(reader):
            raise Unfit(
                _(
                    "Tệp PDF có mã lệnh hoặc tệp nhúng bên trong nên không được nhận. Hãy in lại thành PDF mới rồi tải lên."
                )
            )
    except (PyPdfError, PdfReadError, RecursionError, ValueError, KeyError, TypeError, AttributeError, OSError):
        raise Unfit(_("Không mở được tệp PDF này, có thể tệp bị hỏng. Hãy tạo lại tệp rồi tải lên.")) from None


def _active_content(reader: PdfReader) -> bool:
    """Walk every object once; compressed object streams are opened by the reader."""
    seen: set[tuple[int, int]] = set()
    waiting: list[object] = [reader.trailer.get("/Root")]
    while waiting and len(seen) < 200_000:
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            place = (item.idnum, item.generation)
            if place in seen:
                continue
            seen.add(place)
            item = item.get_object()
        if isinstance(item, DictionaryObject):
            if any(key in item and not isinstance(item.raw_get(key), NullObject) for key in ACTIVE):
                return True
            if item.get("/S") in {"/JavaScript", "/Launch"}:
                return True
            waiting += [item.raw_get(key) for key in item if key != "/Parent"]
        elif isinstance(item, ArrayObject):
            waiting += list(item)
    return False
