"""Typst, kept warm: a source and JSON data become PDF/A in a few milliseconds.

A source reads its data with ``json(bytes(sys.inputs.data))``. It sees its own text and the assets of the call,
nothing of the machine: no folder, no fonts but Tinos, no packages from the network.
"""

from __future__ import annotations

import json
import logging
import re
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst
from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.text import nfc
from motcua.foundation.typesetting import fonts
from motcua.foundation.typesetting.types import BadTemplate, Place

log = logging.getLogger(__name__)

MAIN = "main"
ROOT = str(fonts.FOLDER)  # what a source without pictures may read: the faces, which are public
PLACE_LABEL = "<place>"
# An import is a literal name of an asset; a package would be fetched from the network, `eval` and `plugin` could
# hide one. Administrators write templates: this keeps a mistake, or a borrowed snippet, from leaving the house.
_FORBIDDEN = re.compile(r'\b(?:import|include)\b(?!\s*"[^"@]+")|\b(?:eval|plugin)\s*\(')
_warm = threading.local()


def render(
    source: str,
    data: Mapping[str, Any],
    *,
    assets: Mapping[str, bytes] = {},
    standard: str = "a-2b",
    at: datetime | None = None,
) -> bytes:
    """Typeset the source with the data and return the bytes of a PDF.

    ``data`` is plain JSON; its texts are brought to NFC. ``assets`` are files the source may import or show, by
    name. ``standard`` is one of Typst's names for a PDF standard ("a-2b", "a-2a", "1.7", …). ``at`` is the
    document's date: the same arguments give the same bytes. Raises BadTemplate.
    """
    pdf, warnings = _compile(source, data, assets, standard, at)
    for warning in warnings:
        log.warning("typesetting: %s", warning)
    return pdf


def check(source: str, data: Mapping[str, Any], *, assets: Mapping[str, bytes] = {}) -> None:
    """Raise BadTemplate when the source does not typeset the sample data without a warning."""
    _pdf, warnings = _compile(source, data, assets, "a-2b", None)
    if warnings:
        raise _bad("\n".join(str(warning) for warning in warnings))


def places(source: str, data: Mapping[str, Any], *, assets: Mapping[str, bytes] = {}) -> dict[str, Place]:
    """Return the labelled places of the typeset document by name.

    The source marks one by a ``metadata`` element labelled ``<place>`` with a dictionary of name, page (from 1),
    x, y, width, height and page-height in points from the upper left corner. Raises BadTemplate.
    """
    _refuse_forbidden(source)
    with _files(source, assets) as (files, root):
        try:
            compiler = typst.Compiler(
                cast("Any", files), root=root, font_paths=_faces(), sys_inputs=_inputs(data), **_no_packages(root)
            )
            found = json.loads(compiler.query(PLACE_LABEL, field="value"))
        except typst.TypstError as error:
            raise _bad(error.diagnostic or str(error)) from error
    return {item["name"]: _place(item) for item in found}


def _place(item: Mapping[str, Any]) -> Place:
    lower = item["page-height"] - item["y"] - item["height"]
    return Place(int(item["page"]) - 1, item["x"], lower, item["width"], item["height"])


def _compile(
    source: str, data: Mapping[str, Any], assets: Mapping[str, bytes], standard: str, at: datetime | None
) -> tuple[bytes, list[typst.TypstWarning]]:
    _refuse_forbidden(source)
    with _files(source, assets) as (files, root):
        try:
            output, warnings = _compiler().compile_with_warnings(
                input=cast("Any", files),
                root=root,
                format="pdf",
                sys_inputs=_inputs(data),
                pdf_standards=cast("Any", [standard]),
                timestamp=int(at.timestamp()) if at else 0,
            )
        except typst.TypstError as error:
            raise _bad(error.diagnostic or str(error)) from error
    return cast("bytes", output), warnings


def _compiler() -> typst.Compiler:
    """One compiler per thread: it cannot be entered twice, and it lets other threads run while it works."""
    if not hasattr(_warm, "compiler"):
        _warm.compiler = typst.Compiler(font_paths=_faces(), root=ROOT, **_no_packages(ROOT))
    return cast("typst.Compiler", _warm.compiler)


@cache
def _faces() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)])


def _no_packages(folder: str) -> dict[str, Any]:
    return {"package_path": folder, "package_cache_path": folder}


@contextmanager
def _files(source: str, assets: Mapping[str, bytes]) -> Iterator[tuple[dict[str, bytes], str]]:
    """Yield the texts as files in memory, and a folder for the pictures, which Typst reads from disk only."""
    texts: dict[str, bytes] = {MAIN: source.encode()}
    pictures: dict[str, bytes] = {}
    for name, content in assets.items():
        (texts if _is_text(content) else pictures)[name] = content
    if not pictures:
        yield texts, ROOT
        return
    with tempfile.TemporaryDirectory(prefix="motcua-typesetting-") as folder:
        for name, content in pictures.items():
            Path(folder, Path(name).name).write_bytes(content)
        yield texts, folder


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    return {"data": json.dumps(_clean(data), ensure_ascii=False)}


def _clean(value: Any) -> Any:
    """Bring every text to NFC and to what the faces can show."""
    if isinstance(value, str):
        return fonts.displayable(nfc(value))
    if isinstance(value, Mapping):
        return {str(key): _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return value


def _refuse_forbidden(source: str) -> None:
    found = _FORBIDDEN.search(source)
    if found:
        line = source.count("\n", 0, found.start()) + 1
        raise _bad(f"line {line}: {found.group().strip()} is not allowed; import an asset by its literal name")


def _bad(diagnostic: str) -> BadTemplate:
    return BadTemplate(
        _("Mẫu giấy tờ có lỗi nên chưa in được. Hãy sửa mẫu theo thông báo kèm theo."), diagnostic=diagnostic
    )
