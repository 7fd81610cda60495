"""The kinds of paper that come with the product, and the library of layout that every template may import."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from motcua.domain.documents.types import PaperSize
from motcua.foundation.kernel.shapes import digest

FOLDER = Path(__file__).parent / "templates"
LIBRARY = "nd30.typ"


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A kind of paper: its name in law, the symbol of its numbers, its page; ``form`` is the file it is drawn by."""

    kind: str
    title: str
    symbol: str
    size: PaperSize
    form: str = ""

    @property
    def source(self) -> str:
        """The Typst source."""
        return _text(f"{self.form or self.kind}.typ")

    @property
    def sample(self) -> dict[str, Any]:
        """Data as a caller would pass them: what a preview shows and a replaced template is checked with."""
        return dict(json.loads(_text(f"{self.kind}.json")))

    @property
    def digest(self) -> str:
        """Digest of all that makes the template what it is."""
        return template_digest(self.title, self.symbol, self.size, self.source)


def template_digest(title: str, symbol: str, size: str, source: str) -> str:
    """Return the digest by which two templates are the same."""
    return digest({"title": title, "symbol": symbol, "size": str(size), "source": source})


A4, A5 = PaperSize.A4, PaperSize.A5
KINDS: Mapping[str, BuiltIn] = {
    one.kind: one
    for one in (
        BuiltIn("receipt", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "TNHS", A5),
        BuiltIn("receipt_updated", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả (cập nhật)", "TNHS", A5, "receipt"),
        BuiltIn("supplement_request", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "HDHS", A5),
        BuiltIn("reception_refusal", "Phiếu từ chối tiếp nhận giải quyết hồ sơ", "TCTN", A5),
        BuiltIn("not_competent_notice", "Thông báo hồ sơ không thuộc thẩm quyền giải quyết", "TB", A5),
        BuiltIn("resolution_refusal", "Phiếu từ chối giải quyết hồ sơ thủ tục hành chính", "TCGQ", A4),
        BuiltIn("stop_notice", "Thông báo dừng giải quyết hồ sơ", "TB", A4),
        BuiltIn("consultation_letter", "Văn bản lấy ý kiến", "CV", A4),
        BuiltIn("appraisal_minutes", "Biên bản thẩm định", "BB", A4),
        BuiltIn("fee_receipt", "Biên lai thu phí, lệ phí", "BL", A5),
        BuiltIn("control_slip", "Phiếu kiểm soát quá trình giải quyết hồ sơ", "KSHS", A5),
        BuiltIn("result", "Kết quả giải quyết thủ tục hành chính", "KQ", A4),
        BuiltIn("form", "Đơn, tờ khai", "", A4),
    )
}


def library() -> dict[str, bytes]:
    """Return what every template may import."""
    return {LIBRARY: _text(LIBRARY).encode()}


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
