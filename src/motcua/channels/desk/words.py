"""Words of the desk's lists: counters, channels, orders, groups of states."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from motcua.domain.catalog.types import ReceptionChannel
from motcua.domain.statuses import queries as statuses
from motcua.domain.statuses.types import State

COUNTER_TONES: Final = {"overdue": "bad", "near": "near", "to_return": "good"}


def counter_words() -> dict[str, str]:
    """Return the counters of TT 11/2025 20 in their order on the page."""
    return {
        "waiting": _("Chờ tiếp nhận"),
        "supplemented": _("Đã bổ sung, chờ tiếp nhận"),
        "overdue": _("Quá hạn"),
        "near": _("Sắp hết hạn"),
        "working": _("Đang xử lý"),
        "supplement_asked": _("Chờ bổ sung"),
        "to_return": _("Chờ trả kết quả"),
        "refused": _("Từ chối"),
        "all": _("Tất cả hồ sơ"),
    }


def channel_words() -> dict[str, str]:
    """Return the channels of reception (TT 11/2025 12.3b)."""
    return {
        ReceptionChannel.NATIONAL_PORTAL: _("Cổng Dịch vụ công quốc gia"),
        ReceptionChannel.OWN_PORTAL: _("Cổng của tỉnh"),
        ReceptionChannel.COUNTER: _("Trực tiếp tại quầy"),
        ReceptionChannel.POST: _("Bưu chính công ích"),
        ReceptionChannel.HIRED_SERVICE: _("Thuê dịch vụ"),
        ReceptionChannel.AUTHORISED_PERSON: _("Người được ủy quyền"),
        ReceptionChannel.ON_SITE: _("Lưu động, tại chỗ"),
        ReceptionChannel.KIOSK: _("Máy tự phục vụ"),
        ReceptionChannel.CENTRAL_SYSTEM: _("Hệ thống của bộ"),
        ReceptionChannel.OTHER_DESK: _("Nơi tiếp nhận khác"),
    }


def order_words() -> dict[str, str]:
    """Return the orders of a list."""
    return {
        "danger": _("Gấp nhất trước"),
        "promised": _("Ngày hẹn trả"),
        "newest": _("Mới nộp trước"),
        "oldest": _("Nộp lâu nhất trước"),
        "kind": _("Theo thủ tục"),
    }


def work_words() -> dict[str, str]:
    """Return the tabs of one's own work (TT 11/2025 15.3, 15.4)."""
    return {
        "waiting": _("Chờ tôi xử lý"),
        "asked": _("Đã yêu cầu bổ sung"),
        "supplemented": _("Đã bổ sung, chờ xử lý"),
        "done": _("Đã tham gia xử lý"),
    }


def state_words() -> dict[str, str]:
    """Return the legal status of every state a list can choose."""
    catalogue = statuses.current_catalogue()
    return {
        state.value: statuses.status_for(state, None, catalogue).officer_words
        for state in State
        if state is not State.DRAFT
    }
