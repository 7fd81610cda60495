"""People, files and types that the tests of this room need."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from motcua.domain.documents import commands, kinds
from motcua.domain.documents.types import Paper
from motcua.foundation.kernel.actor import system
from motcua.foundation.kernel.identifiers import new_id
from motcua.foundation.storage import commands as storage
from motcua.foundation.storage import queries as files

AT = datetime(2026, 10, 8, 1, 30, 15, tzinfo=UTC)  # 08:30:15 in Vietnam
CLERK = system("clerk")
LAND_RIGHT = "GCN.QSDD"


def a_type(code: str = LAND_RIGHT, name: str = "Giấy chứng nhận quyền sử dụng đất") -> str:
    return commands.register_type(code=code, name=name, actor=CLERK, at=AT).code


def a_file(content: bytes = b"%PDF-1.7 scan", name: str = "giay-chung-nhan.pdf") -> UUID:
    return storage.keep(content=content, name=name, media_type="application/pdf", actor=CLERK, at=AT).id


def sample(kind: str = "receipt", **changes: Any) -> dict[str, Any]:
    return kinds.KINDS[kind].sample | changes


def issued(kind: str = "receipt", *, at: datetime = AT, **options: Any) -> Paper:
    whole: dict[str, Any] = {
        "subject_id": new_id(),
        "agency_id": new_id(),
        "data": options.get("data") or sample(kind),
    } | options
    return commands.issue_paper(kind=kind, actor=CLERK, at=at, **whole)


@cache
def printed(kind: str) -> tuple[Paper, bytes]:
    """The kind's sample as it is issued, and its bytes; typeset once for all tests that only look."""
    paper = issued(kind, numbered=kind != "form")
    return paper, files.read(paper.file_id)


def words_of(pdf: bytes) -> str:
    """The words on the pages, one space between two."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def qr_codes_of(pdf: bytes, folder: Path) -> list[str]:
    """What a scanner reads on the first page, as printed at 200 dots per inch."""
    (folder / "page.pdf").write_bytes(pdf)
    picture = [
        "pdftoppm",
        "-r",
        "200",
        "-f",
        "1",
        "-l",
        "1",
        "-singlefile",
        "-png",
        folder / "page.pdf",
        folder / "page",
    ]
    subprocess.run(picture, check=True, capture_output=True)
    read = subprocess.run(["zbarimg", "-q", "--raw", folder / "page.png"], capture_output=True, text=True)
    return [read.stdout.strip()] if read.stdout.strip() else []


def pages_of(pdf: bytes) -> int:
    done = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True)
    return int(done.stdout.decode().split("Pages:")[1].split()[0])
