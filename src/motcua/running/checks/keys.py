"""The key file: only its owner may read it, and it opens what lies in the database."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.db import DatabaseError, connection

from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel import encryption
from motcua.running.checks.finding import Finding, bad, good

PURPOSE = "doctor"
LOST = "Lấy lại đúng tệp khoá từ bản sao lưu: không có nó thì dữ liệu đã mã hoá không đọc được nữa."


def file(path: Path) -> Iterator[Finding]:
    """The key file is there, is ours, and nobody else reads it."""
    if not path.exists():
        yield bad(f"Thiếu tệp khoá {path}", LOST)
        return
    found = path.stat()
    if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield bad(f"Người khác đọc được tệp khoá {path} ({stat.filemode(found.st_mode)})", f"chmod 600 {path}")
    elif found.st_uid != os.geteuid():
        yield bad(f"Tệp khoá {path} thuộc người dùng khác", f"chown {os.geteuid()} {path}")
    else:
        yield good(f"Chỉ chủ sở hữu đọc được tệp khoá {path}")
    yield from _opens()


def _opens() -> Iterator[Finding]:
    try:
        sealed = encryption.encrypt(PURPOSE, b"motcua", bound_to=b"doctor")
        is_whole = encryption.decrypt(PURPOSE, sealed, bound_to=b"doctor") == b"motcua"
    except (OSError, ValueError, KeyError, InvalidTag) as problem:
        yield bad(f"Tệp khoá không dùng được: {type(problem).__name__}", LOST)
        return
    yield good("Khoá mã hoá và mở được") if is_whole else bad("Khoá không mở được điều nó vừa mã hoá", LOST)


def data() -> Iterator[Finding]:
    """The keys open what was kept earlier: the newest payload of the journal."""
    with connection.cursor() as cursor:
        try:
            cursor.execute("SELECT subject_id, seq FROM journal_payload LIMIT 1")
        except DatabaseError:
            return  # no table yet: the migrations' line says so
        kept = cursor.fetchone()
    if kept is None:
        return
    try:
        journal.event(*kept)
    except (InvalidTag, ValueError, KeyError):
        yield bad("Khoá không mở được dữ liệu trong cơ sở dữ liệu", LOST)
    else:
        yield good("Khoá mở được dữ liệu đã lưu")
