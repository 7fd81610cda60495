"""The second language: every sentence of the product in one catalogue, ``locale/en/LC_MESSAGES/django.po``.

The msgid is the Vietnamese sentence itself. ``update`` reads all Python and Jinja sources, merges what is new into the
catalogue and compiles it; ``problems`` says what is missing or wrong and is what the build fails on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE: Final = Path(__file__).parents[2]
CATALOGUE: Final = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
_NOT_SHOWN: Final = frozenset({"tests", "migrations", "sandbox", "static", "locale"})
_KEYWORDS: Final[dict[str, Any]] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_JINJA: Final = {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.i18n,jinja2.ext.do"}
_PLACEHOLDER: Final = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def extract() -> Catalog:
    """Return every sentence the sources show to people, with the files it stands in."""
    found = Catalog(locale="en", charset="utf-8")
    for path in sorted(_sources()):
        method = "python" if path.suffix == ".py" else "jinja2"
        options = {} if path.suffix == ".py" else _JINJA
        for _line, message, _comments, context in extract_from_file(method, path, _KEYWORDS, options=options):
            found.add(message, locations=[(path.relative_to(PACKAGE).as_posix(), 0)], context=context)
    return found


def read(path: Path = CATALOGUE) -> Catalog:
    """Return the catalogue as committed, empty when there is none."""
    if not path.exists():
        return Catalog(locale="en", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="en", charset="utf-8")


def merged() -> Catalog:
    """Return the catalogue with the sources' sentences: new ones empty, vanished ones dropped, nothing guessed."""
    known = read()
    known.update(extract(), no_fuzzy_matching=True)
    known.obsolete.clear()
    known.fuzzy = False
    known.header_comment = "# English of motcua. Vietnamese is the msgid; placeholders keep their names."
    return known


def update() -> list[str]:
    """Merge the sources into the catalogue, write and compile it. Returns what is still missing or wrong."""
    catalogue = merged()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(_as_po(catalogue))
    CATALOGUE.with_suffix(".mo").write_bytes(_as_mo(catalogue))
    return list(_wrong(catalogue))


def problems() -> list[str]:
    """Return why the committed catalogue may not ship: a line each, empty when English is complete."""
    catalogue = merged()
    found = list(_wrong(catalogue))
    committed = {(message.id, message.context) for message in read() if message.id}
    wanted = {(message.id, message.context) for message in catalogue if message.id}
    found += [f"không còn dùng: {_short(gone)}" for gone, _context in sorted(committed - wanted, key=str)]
    compiled = CATALOGUE.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != _as_mo(read()):
        found.append("django.mo không khớp django.po: chạy `motcua messages`")
    return found


def _sources() -> Iterator[Path]:
    for path in PACKAGE.rglob("*"):
        if path.suffix in (".py", ".html", ".txt") and not _NOT_SHOWN & set(path.relative_to(PACKAGE).parts):
            yield path


def _wrong(catalogue: Catalog) -> Iterator[str]:
    for message in catalogue:
        if not message.id:
            continue
        said = _texts(message.string)
        if not all(said):
            yield f"chưa có tiếng Anh: {_short(message.id)} ({', '.join(sorted({file for file, _line in message.locations}))})"
        elif any(_placeholders(text) != _placeholders(_texts(message.id)[0]) for text in said):
            yield f"khác chỗ điền: {_short(message.id)} → {_short(message.string)}"


def _texts(text: Any) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (text,)


def _placeholders(text: str) -> set[str]:
    return {python or braces for python, braces in _PLACEHOLDER.findall(text)}


def _short(text: Any) -> str:
    words = _texts(text)[0]
    return f"“{words[:77]}…”" if len(words) > 78 else f"“{words}”"


def _as_po(catalogue: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalogue, width=110, sort_output=True, include_lineno=False, omit_header=False)
    text = out.getvalue().decode()
    return re.sub(
        r'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Project-Id-Version): .*\n',
        "",
        text,
        flags=re.M,
    ).encode()


def _as_mo(catalogue: Catalog) -> bytes:
    plain = Catalog(locale="en", charset="utf-8", project="motcua", version="1")
    for message in catalogue:
        if message.id and all(_texts(message.string)):
            plain.add(message.id, message.string, context=message.context)
    out = BytesIO()
    write_mo(out, plain)
    # The header names the moment of writing; without it the same sentences always give the same bytes.
    return re.sub(
        rb"(POT-Creation|PO-Revision)-Date: [^\n]*\n",
        lambda m: m[0][:20] + b" " * (len(m[0]) - 21) + b"\n",
        out.getvalue(),
    )
