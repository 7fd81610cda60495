"""The portal's words for closed lists, and short phrases made of several facts."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.domain.catalog.types import ServiceLevel, SubjectKind, Way
from motcua.domain.documents.types import Component, Form, Standing

LEVELS = {
    ServiceLevel.FULL: gettext_lazy("Dịch vụ công trực tuyến toàn trình"),
    ServiceLevel.PARTIAL: gettext_lazy("Dịch vụ công trực tuyến một phần"),
    ServiceLevel.INFORMATION: gettext_lazy("Dịch vụ cung cấp thông tin trực tuyến"),
    ServiceLevel.OTHER: gettext_lazy("Dịch vụ khác"),
}
SUBJECTS = {
    SubjectKind.CITIZEN: gettext_lazy("Công dân Việt Nam"),
    SubjectKind.FOREIGNER: gettext_lazy("Người nước ngoài"),
    SubjectKind.BUSINESS: gettext_lazy("Doanh nghiệp"),
    SubjectKind.ORGANISATION: gettext_lazy("Tổ chức"),
}
WAYS = {
    Way.ONLINE: gettext_lazy("Trực tuyến"),
    Way.DIRECT: gettext_lazy("Trực tiếp tại Bộ phận Một cửa"),
    Way.POST: gettext_lazy("Qua bưu chính công ích"),
}
FORMS = {
    Form.ELECTRONIC: gettext_lazy("bản điện tử"),
    Form.ORIGINAL: gettext_lazy("bản chính"),
    Form.CERTIFIED: gettext_lazy("bản sao chứng thực"),
    Form.PHOTOCOPY: gettext_lazy("bản chụp"),
}
COMPLETIONS = {
    "waiting": gettext_lazy("Đang chờ Bộ phận Một cửa tiếp nhận."),
    "with_applicant": gettext_lazy("Đang chờ người nộp bổ sung hoặc nộp phí, lệ phí."),
    "in_progress": gettext_lazy("Đang giải quyết."),
    "finished": gettext_lazy("Đã có kết quả."),
    "ended": gettext_lazy("Đã kết thúc, không có kết quả."),
}
STANDINGS = {
    Standing.IN_FORCE: gettext_lazy("Giấy tờ này là thật và đang có hiệu lực."),
    Standing.CORRECTED: gettext_lazy("Giấy tờ này là thật, đã được đính chính: hãy đọc cùng bản đính chính."),
    Standing.REPLACED: gettext_lazy("Giấy tờ này là thật nhưng đã được thay thế bằng giấy tờ khác."),
    Standing.REVOKED: gettext_lazy("Giấy tờ này là thật nhưng đã bị thu hồi, không còn giá trị."),
    Standing.EXPIRED: gettext_lazy("Giấy tờ này là thật nhưng đã hết hiệu lực."),
    Standing.VOID: gettext_lazy("Số này đã bị hủy: giấy tờ mang số này không có giá trị."),
    Standing.UNKNOWN: gettext_lazy("Hệ thống chưa từng phát hành giấy tờ nào mang mã này."),
}


def quantity(component: Component) -> str:
    """Return how much of a component is asked on paper: ``1 bản chính, 2 bản sao``."""
    parts = []
    if component.original:
        parts.append(ngettext("%(n)d bản chính", "%(n)d bản chính", component.original) % {"n": component.original})
    if component.copies:
        parts.append(ngettext("%(n)d bản sao", "%(n)d bản sao", component.copies) % {"n": component.copies})
    return ", ".join(parts)


def accepted(component: Component) -> str:
    """Return the forms in which a component may be given."""
    return ", ".join(str(FORMS[form]) for form in component.accepts)


def joined(names: Iterable[str]) -> str:
    """Return ``a, b và c``."""
    listed = list(names)
    if len(listed) < 2:
        return "".join(listed)
    return _("%(first)s và %(last)s") % {"first": ", ".join(listed[:-1]), "last": listed[-1]}
