"""The sample's own result papers: a template of layout beside each ``.json`` of what it is shown and checked with."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from motcua.domain.documents import commands, queries
from motcua.domain.documents.types import PaperSize
from motcua.foundation.kernel.actor import Actor

HERE = Path(__file__).parent
VALID_FROM = date(2026, 7, 1)
KINDS = {
    "certified_copy": ("Bản sao chứng thực từ bản chính", "SCT/BS", PaperSize.A5),
    "land_certificate": ("Giấy chứng nhận quyền sử dụng đất", "CNĐĐ", PaperSize.A4),
    "food_safety_certificate": ("Giấy chứng nhận đủ điều kiện an toàn thực phẩm", "ATTP-CN", PaperSize.A4),
}


def source(kind: str) -> str:
    """Return the template of a kind."""
    return (HERE / f"{kind}.typ").read_text(encoding="utf-8")


def sample(kind: str) -> dict[str, Any]:
    """Return the data that the kind is shown with, as a dossier would pass them."""
    common = json.loads((HERE / "common.json").read_text(encoding="utf-8"))
    own = json.loads((HERE / f"{kind}.json").read_text(encoding="utf-8"))
    return {**common, **own}


def register_all(*, actor: Actor, at: datetime) -> None:
    """Register each kind unless its newest template is this one already."""
    for kind, (title, symbol, size) in KINDS.items():
        newest = queries.templates(kind=kind)
        if newest and newest[0].source == source(kind):
            continue
        commands.replace_template(
            kind=kind,
            source=source(kind),
            title=title,
            symbol=symbol,
            size=size,
            sample=sample(kind),
            valid_from=VALID_FROM,
            note="Mẫu của tỉnh mẫu",
            actor=actor,
            at=at,
        )
