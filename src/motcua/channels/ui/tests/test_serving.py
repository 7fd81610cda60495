"""Files go out whole or in ranges, never active, never before they were checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import RequestFactory

from motcua.channels.ui.serving import serve
from motcua.foundation.kernel.actor import system
from motcua.foundation.kernel.errors import WrongState
from motcua.foundation.storage.commands import keep
from motcua.foundation.storage.types import FileState, StoredFile

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
BYTES = bytes(range(256)) * 10

pytestmark = pytest.mark.django_db


def file(name: str = "giấy chứng nhận.pdf", media_type: str = "application/pdf") -> StoredFile:
    return keep(content=BYTES, name=name, media_type=media_type, actor=system("test"), at=AT)


def ask(found: StoredFile, **headers: str) -> Any:
    return serve(RequestFactory().get("/", headers=headers), found)


def body(answer: HttpResponseBase) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_whole_with_safe_headers() -> None:
    answer = ask(file())
    assert (answer.status_code, body(answer)) == (200, BYTES)
    assert answer.headers["Content-Length"] == "2560"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"].startswith("inline; filename*=utf-8''gi")
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-99", 206, BYTES[:100]),
        ("bytes=2500-", 206, BYTES[2500:]),
        ("bytes=-10", 206, BYTES[-10:]),
        ("bytes=2500-99999", 206, BYTES[2500:]),
        ("bytes=0-0,5-9", 200, BYTES),
        ("lines=1-2", 200, BYTES),
    ],
)
def test_ranges(asked: str, status: int, part: bytes) -> None:
    answer = ask(file(), Range=asked)
    assert (answer.status_code, body(answer)) == (status, part)
    if status == 206:
        assert answer.headers["Content-Range"].endswith("/2560")


@pytest.mark.parametrize("asked", ["bytes=2560-", "bytes=9-3", "bytes=-0"])
def test_a_range_that_is_not_there(asked: str) -> None:
    answer = ask(file(), Range=asked)
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, "bytes */2560")


def test_a_range_of_another_version_is_not_cut_out_of_this_one() -> None:
    assert ask(file(), **{"Range": "bytes=0-9", "If-Range": '"older"'}).status_code == 200


def test_what_the_browser_has_is_not_sent_again() -> None:
    found = file()
    assert ask(found, **{"If-None-Match": f'"{found.sha256}"'}).status_code == 304


@pytest.mark.parametrize(
    ("name", "media_type", "way"),
    [
        ("a.png", "image/png", "inline"),
        ("a.docx", "application/msword", "attachment"),
        ("a.xml", "application/xml", "attachment"),
    ],
)
def test_only_what_cannot_act_is_shown_in_place(name: str, media_type: str, way: str) -> None:
    answer = ask(file(name, media_type))
    assert answer.headers["Content-Disposition"].startswith(way)
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("state", [FileState.QUARANTINED, FileState.REFUSED])
def test_what_is_not_clean_is_handed_to_nobody(state: FileState) -> None:
    with pytest.raises(WrongState):
        ask(replace(file(), state=state))
