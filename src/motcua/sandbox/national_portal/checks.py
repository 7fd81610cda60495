"""Checks of received data against the portal's tables. Every finding is kept: the sender sees all of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.sandbox.national_portal import tables
from motcua.sandbox.national_portal.tables import Field


@dataclass(frozen=True)
class Finding:
    """Something wrong with one field of one item."""

    code: str
    path: str
    sentence: str

    def as_json(self) -> dict[str, str]:
        return {"MaHoSo": self.code, "Truong": self.path, "Loi": self.sentence}


def item(data: Any, fields: Mapping[str, Field]) -> list[Finding]:
    """Return what is wrong with one item of ``data``, by its fields alone."""
    if not isinstance(data, dict):
        return [Finding("", "", "mỗi phần tử của data phải là một đối tượng")]
    code = data.get("MaHoSo")
    name = code if isinstance(code, str) else ""
    return [Finding(name, path, sentence) for path, sentence in _object(data, fields, "")]


def known_procedure(data: Mapping[str, Any], procedures: Mapping[str, tuple[str, str, str]]) -> list[Finding]:
    """Return a finding when the procedure is not published, or its name is not the published one's."""
    code = str(data["MaTTHC"])
    if ".".join(code.split(".")[:2]) not in procedures:
        return [Finding(data["MaHoSo"], "MaTTHC", f"không có thủ tục {code} trong danh mục")]
    return []


def dates_of_status(data: Mapping[str, Any]) -> list[Finding]:
    """Return the dates that the dossier's status demands and that are missing, and dates in impossible order."""
    status, code = data["TrangThaiHoSo"], data["MaHoSo"]
    needed = tables.NEEDED_IN_STATUS.get(status, ())
    found = [Finding(code, name, f"phải có khi trạng thái là {status}") for name in needed if not data.get(name)]
    filed, received, due = (data.get(name) or "" for name in ("NgayNopHoSo", "NgayTiepNhan", "NgayHenTra"))
    if filed and received and received < filed:
        found.append(Finding(code, "NgayTiepNhan", "trước NgayNopHoSo"))
    if received and due and due < received:
        found.append(Finding(code, "NgayHenTra", "trước NgayTiepNhan"))
    return found


def order(code: str, path: str, before: str | None, after: str, *, was_received: bool) -> list[Finding]:
    """Return a finding when a status may not follow another; ``before`` is None for a new dossier."""
    if before is None:
        allowed = tables.FIRST_STATUSES
    else:
        diagram = tables.NEXT_AFTER_RECEPTION if was_received else tables.NEXT_BEFORE_RECEPTION
        allowed = diagram.get(before, frozenset())
    if after in allowed:
        return []
    was = f"{before} ({tables.STATUSES[before]})" if before else "chưa có"
    return [Finding(code, path, f"trạng thái {after} ({tables.STATUSES[after]}) không thể đến sau {was}")]


def _object(data: Mapping[str, Any], fields: Mapping[str, Field], prefix: str) -> Iterator[tuple[str, str]]:
    for name in data:
        if name not in fields:
            yield prefix + name, "không có trong thông điệp"
    for name, field in fields.items():
        path = prefix + name
        value = data.get(name)
        if field.items:
            yield from _list(value, field, path)
        elif value is None or value == "":
            if field.required:
                yield path, "bắt buộc"
        elif not isinstance(value, str):
            yield path, f"phải là chuỗi, không phải {type(value).__name__}"
        else:
            yield from _text(value, field, path)


def _list(value: Any, field: Field, path: str) -> Iterator[tuple[str, str]]:
    if value is None:
        return
    if not isinstance(value, list):
        yield path, "phải là danh sách"
        return
    for place, one in enumerate(value):
        here = f"{path}[{place}]"
        if isinstance(one, dict):
            yield from _object(one, field.items, here + ".")
        else:
            yield here, "phải là đối tượng"


def _text(value: str, field: Field, path: str) -> Iterator[tuple[str, str]]:
    if field.is_time:
        if not _is_time(value):
            yield path, "thời gian phải có dạng yyyyMMddHHmmss"
    elif field.codes:
        if value not in field.codes:
            yield path, f"mã “{value[:20]}” không có trong danh mục"
    elif len(value) > field.longest:
        yield path, f"dài {len(value)} ký tự, nhiều nhất {field.longest}"
    elif field.shape and not field.shape.fullmatch(value):
        yield path, "không đúng định dạng"


def _is_time(value: str) -> bool:
    if len(value) != 14 or not value.isascii() or not value.isdigit():
        return False
    try:
        datetime.strptime(value, "%Y%m%d%H%M%S")  # noqa: DTZ007 - only the shape is looked at
    except ValueError:
        return False
    return True
