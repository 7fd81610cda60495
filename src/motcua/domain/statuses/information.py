"""The information line beside a status: pieces of text whose named placeholders are filled in. Pure.

Placeholders are replaced literally, nothing is evaluated: the pieces are written by administrators.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")

#: Who works on it; a piece with one of these is repeated for every active step.
HANDLER: Final = frozenset({"position", "department", "handler"})

#: What a piece may name, and what it stands for.
KNOWN: Final[Mapping[str, str]] = {
    "received_on": "ngày tiếp nhận",
    "promised_on": "ngày hẹn trả",
    "agency": "cơ quan có thẩm quyền giải quyết",
    "position": "vị trí, chức vụ của người xử lý hiện tại",
    "department": "phòng ban của người xử lý hiện tại",
    "handler": "người xử lý hiện tại",
    "due_on": "hạn xử lý",
    "late": "thời gian quá hạn",
    "reason": "lý do",
    "content": "nội dung cần bổ sung",
    "guidance": "hướng dẫn",
    "until": "hạn bổ sung hoặc hạn nộp",
    "right_agency": "cơ quan có thẩm quyền cần gửi đến",
    "amount": "số tiền",
    "how_to_pay": "cách nộp",
    "asked_on": "ngày đề nghị dừng",
    "asked_by": "người đề nghị dừng",
    "place": "nơi, giờ nhận",
    "not_yet": "lý do chưa trả được",
    "returned_on": "ngày trả",
    "receiver": "người nhận",
}


def line(shows: Sequence[str], values: Mapping[str, str], handlers: Sequence[Mapping[str, str]] = ()) -> str:
    """The pieces whose placeholders are all known, joined by semicolons.

    handlers: one mapping (position, department, handler) for each active step; all of them are named.
    """
    told: list[str] = []
    for piece in shows:
        wanted = set(PLACEHOLDER.findall(piece))
        for handler in handlers if wanted & HANDLER else [{}]:
            filled = _fill(piece, {**values, **handler}, wanted)
            if filled:
                told.append(filled)
    return "; ".join(told)


def unknown_names(shows: Sequence[str]) -> set[str]:
    """Placeholders nobody will ever fill."""
    return {name for piece in shows for name in PLACEHOLDER.findall(piece)} - set(KNOWN)


def _fill(piece: str, values: Mapping[str, str], wanted: set[str]) -> str:
    if not all(values.get(name) for name in wanted):
        return ""
    return PLACEHOLDER.sub(lambda found: values[found[1]], piece)
