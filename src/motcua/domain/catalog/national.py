"""An edition as the national catalogue of procedures writes it (facts of the TTHC record): upper-case Vietnamese keys,
with time *and* fee per channel.
"""

from __future__ import annotations

from typing import Any

from motcua.domain.catalog.contents import EditionContent, FeeRule, LimitOffer
from motcua.domain.catalog.editions import Edition
from motcua.domain.catalog.kinds import SubjectKind, Way
from motcua.domain.deadlines.types import Unit

_WAYS = {Way.ONLINE: "Trực tuyến", Way.DIRECT: "Trực tiếp", Way.POST: "Dịch vụ bưu chính"}
_UNITS = {
    Unit.MINUTES: "Phút",
    Unit.WORKING_HOURS: "Giờ làm việc",
    Unit.ELAPSED_HOURS: "Giờ",
    Unit.WORKING_DAYS: "Ngày làm việc",
    Unit.CALENDAR_DAYS: "Ngày",
    Unit.MONTHS: "Tháng",
    Unit.YEARS: "Năm",
}
_SUBJECTS = {
    SubjectKind.CITIZEN: "Công dân Việt Nam",
    SubjectKind.BUSINESS: "Doanh nghiệp",
    SubjectKind.ORGANISATION: "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    SubjectKind.FOREIGNER: "Người nước ngoài",
}


def record(edition: Edition) -> dict[str, Any]:
    """Return the record, plain JSON."""
    content, procedure = edition.content, edition.procedure
    return {
        "MATTHC": procedure.code,
        "TENTTHC": procedure.name,
        "LINHVUCTHUCHIEN": [{"MALINHVUC": procedure.field.code, "TENLINHVUC": procedure.field.name}],
        "CACHTHUCTHUCHIEN": [
            {"KENH": _WAYS[offer.way], "THOIGIAN": _times(content, offer.way)} for offer in content.channels
        ],
        "YEUCAU": content.conditions_text,
        "MOTADOITUONGTHUCHIEN": ", ".join(_SUBJECTS[one] for one in SubjectKind if one in procedure.subjects),
        "KETQUATHUCHIEN": [{"MAKETQUA": result.code, "TENKETQUA": result.name} for result in content.results],
        "THANHPHANHOSO": [
            {
                "TRUONGHOP": case.name,
                "GIAYTO": [
                    {"MAGIAYTO": one.type_code, "TENMAUDON": one.name, "BANCHINH": one.original, "BANSAO": one.copies}
                    for one in edition.components_for(case.key)
                ],
            }
            for case in content.cases
        ],
        "CANCUPHAPLY": [{"SOVANBAN": ground.act, "TENVANBAN": ground.citation} for ground in content.grounds],
    }


def _times(content: EditionContent, way: Way) -> list[dict[str, Any]]:
    """One line per limit that holds for the way, with what is paid in its case."""
    names = {case.key: case.name for case in content.cases}
    return [
        {
            "THOIGIANGIAIQUYET": limit.rule.amount,
            "DONVITINH": _UNITS[limit.rule.unit],
            "MOTA": " ".join(filter(None, (names.get(limit.case, ""), limit.note))),
            "PHILEPHI": [
                {"SOTIEN": _fixed(fee), "DONVI": "đồng", "MOTA": f"{fee.name}. {fee.explanation}".strip()}
                for fee in content.fees
                if _belongs(fee, limit, way)
            ],
        }
        for limit in content.limits
        if limit.way in (None, way)
    ]


def _belongs(fee: FeeRule, limit: LimitOffer, way: Way) -> bool:
    return fee.way in (None, way) and (fee.case == "" or limit.case in ("", fee.case))


def _fixed(fee: FeeRule) -> int | None:
    """The amount when it is the same for everybody; a formula is told in words."""
    return int(fee.amount) if fee.amount.isascii() and fee.amount.isdigit() else None
