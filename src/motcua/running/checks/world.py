"""The outside: antivirus, time stamps, and every system of the systems file."""

from __future__ import annotations

import io
import os
import secrets
import socket
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from asn1crypto import cms, tsp

from motcua.foundation.journal import ports as journal
from motcua.foundation.kernel.clocks import now
from motcua.foundation.kernel.errors import Unavailable
from motcua.foundation.storage import ports as storage
from motcua.running.checks.finding import Finding, bad, good, note

APART = timedelta(seconds=5)
SANDBOX_PAGE = "index"  # the sandbox's own front page is no outside system
# The test file every antivirus knows (https://www.eicar.org); written in two parts so that no scanner takes us for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def antivirus(*, is_production: bool) -> Iterator[Finding]:
    """The engine answers and knows the test virus."""
    scanner = storage.scanner()
    if scanner is None:
        words = "Chưa nối phần mềm diệt virus: tệp chỉ được kiểm tra kiểu, nội dung động và mẫu EICAR"
        mend = "Khai báo “antivirus” (clamd) trong MOTCUA_SYSTEMS_FILE."
        yield bad(words, mend) if is_production else note(words, mend)
        return
    try:
        found = scanner.scan(io.BytesIO(EICAR))
    except Unavailable as problem:
        yield bad(f"{scanner.name}: {problem}", "Kiểm tra clamd đang chạy và địa chỉ trong MOTCUA_SYSTEMS_FILE.")
        return
    if found:
        yield good(f"{scanner.name} trả lời và nhận ra tệp thử ({found})")
    else:
        yield bad(f"{scanner.name} không nhận ra tệp thử EICAR", "Cập nhật cơ sở dữ liệu mẫu (freshclam).")


def time_stamps() -> Iterator[Finding]:
    """The time-stamping authority answers and its clock agrees with ours."""
    stamper = journal.time_stamper()
    if stamper is None:
        yield note("Chưa nối dịch vụ cấp dấu thời gian: niêm phong lịch sử không có dấu thời gian của bên ngoài")
        return
    before = now()
    try:
        stamped_at = _moment(stamper.stamp(secrets.token_bytes(32)))
    except (Unavailable, ValueError) as problem:
        yield bad(f"Dấu thời gian: {problem}", "Kiểm tra “pki.tsa_url” trong MOTCUA_SYSTEMS_FILE.")
        return
    off = max(before - stamped_at, stamped_at - now(), timedelta())
    words = f"Đồng hồ của máy và của dịch vụ dấu thời gian lệch {off.total_seconds():.0f} giây"
    yield good(words) if off <= APART else bad(words, "Bật đồng bộ giờ (NTP) trên máy này.")


def systems(found: Mapping[str, Any], public_url: str) -> Iterator[Finding]:
    """Every address of the systems file takes a connection, every file it names is there."""
    if not found:
        yield note("Chưa khai báo hệ thống ngoài nào (MOTCUA_SYSTEMS_FILE)")
    ours = urlsplit(public_url).netloc
    for name, entry in found.items():
        if not isinstance(entry, Mapping) or name == SANDBOX_PAGE:
            continue
        places = sorted({place for place in _places(entry) if f"{place[0]}:{place[1]}" != ours})
        silent = [f"{host}:{port}" for host, port in places if not _answers(host, port)]
        lacking = [path for path in _files(entry) if not Path(path).exists()]
        if silent:
            yield bad(f"{name}: {', '.join(silent)} không nhận kết nối", "Kiểm tra địa chỉ, tường lửa, đường truyền.")
        if lacking:
            yield bad(f"{name}: thiếu tệp {', '.join(lacking)}", "Kiểm tra đường dẫn trong MOTCUA_SYSTEMS_FILE.")
        if places and not silent and not lacking:
            yield good(f"{name}: {', '.join(f'{host}:{port}' for host, port in places)} nhận kết nối")


def _moment(token: bytes) -> datetime:
    signed = cms.ContentInfo.load(token)["content"]
    info = tsp.TSTInfo.load(signed["encap_content_info"]["content"].parsed.dump())
    stamped_at: datetime = info["gen_time"].native
    return stamped_at


def _leaves(entry: Any, key: str = "") -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
    if isinstance(entry, Mapping):
        for name, value in entry.items():
            if isinstance(value, Mapping | list):
                yield from _leaves(value, name)
            else:
                yield name, value, entry
    elif isinstance(entry, list):
        for value in entry:
            yield from _leaves(value, key) if isinstance(value, Mapping | list) else [(key, value, {})]


def _places(entry: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for name, value, beside in _leaves(entry):
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            parts = urlsplit(value)
            yield parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        elif name.endswith("host") and isinstance(value, str):
            port = beside.get(f"{name[: -len('host')]}port")
            if port:
                yield value, int(port)


def _files(entry: Mapping[str, Any]) -> list[str]:
    named = {value for _name, value, _beside in _leaves(entry) if isinstance(value, str) and os.path.isabs(value)}
    return sorted(path for path in named if Path(path).suffix)


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=3):
            return True
    except OSError:
        return False
