"""The makers' words for closed lists."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.domain.catalog.types import (
    AfterSupplement,
    CollectedAt,
    DecisionKind,
    DueKind,
    PlaceKind,
    ReceiptPolicy,
    ServiceLevel,
    Way,
)
from motcua.domain.deadlines.calendars import DayKind
from motcua.domain.documents.types import Form
from motcua.domain.statuses.types import Stage, StepKind
from motcua.domain.workflow.linter import Severity
from motcua.foundation.identity.types import AccountState, SignInMethod
from motcua.foundation.organisation.types import AgencyKind, Capability, HolderKind, ScopeKind

WAYS = {Way.ONLINE: _("Trực tuyến"), Way.DIRECT: _("Trực tiếp"), Way.POST: _("Bưu chính công ích")}
LEVELS = {
    ServiceLevel.FULL: _("Toàn trình"),
    ServiceLevel.PARTIAL: _("Một phần"),
    ServiceLevel.INFORMATION: _("Cung cấp thông tin"),
    ServiceLevel.OTHER: _("Khác"),
}
DUES = {DueKind.FEE: _("Phí"), DueKind.CHARGE: _("Lệ phí"), DueKind.ELSEWHERE: _("Nộp nơi khác")}
COLLECTED = {
    CollectedAt.SUBMISSION: _("khi nộp hồ sơ"),
    CollectedAt.ACCEPTANCE: _("khi tiếp nhận"),
    CollectedAt.SUPPLEMENT: _("khi bổ sung"),
    CollectedAt.RETURN: _("khi trả kết quả"),
}
DECISIONS = {
    DecisionKind.ANNOUNCEMENT: _("Quyết định công bố thủ tục"),
    DecisionKind.PROCESS: _("Quyết định phê duyệt quy trình"),
}
RECEIPTS = {ReceiptPolicy.ALWAYS: _("luôn cấp"), ReceiptPolicy.ON_REQUEST: _("cấp khi người nộp yêu cầu")}
AFTER = {
    AfterSupplement.RESTART: _("tính lại từ đầu"),
    AfterSupplement.RESUME: _("tính tiếp phần còn lại"),
}
PLACES = {
    PlaceKind.RECEIVING_AGENCY: _("Cơ quan tiếp nhận"),
    PlaceKind.AGENCY_CODE: _("Cơ quan theo mã"),
    PlaceKind.ANSWER: _("Cơ quan theo câu trả lời"),
    PlaceKind.AREA_SERVICE: _("Cơ quan phụ trách địa bàn"),
}
FORMS = {
    Form.ELECTRONIC: _("bản điện tử"),
    Form.ORIGINAL: _("bản chính"),
    Form.CERTIFIED: _("bản sao chứng thực"),
    Form.PHOTOCOPY: _("bản chụp"),
}
STAGES = {Stage.RECEPTION: _("Tiếp nhận"), Stage.RESOLVING: _("Giải quyết"), Stage.RETURN: _("Trả kết quả")}
STEPS = {
    StepKind.RECEIVE: _("Tiếp nhận"),
    StepKind.FORWARD: _("Chuyển hồ sơ"),
    StepKind.ASSIGN: _("Phân công"),
    StepKind.APPRAISE: _("Thẩm định"),
    StepKind.CONSULT: _("Lấy ý kiến"),
    StepKind.SUBMIT: _("Trình"),
    StepKind.APPROVE: _("Duyệt"),
    StepKind.SIGN: _("Ký"),
    StepKind.ISSUE: _("Phát hành"),
    StepKind.RETURN: _("Trả kết quả"),
    StepKind.PAY: _("Nộp phí, lệ phí"),
    StepKind.WAIT_FOR_APPLICANT: _("Chờ người nộp"),
    StepKind.AUTOMATIC: _("Tự động"),
    StepKind.SUB_PROCEDURE: _("Thủ tục con"),
}
SEVERITIES = {Severity.ERROR: _("Lỗi"), Severity.WARNING: _("Lưu ý")}
DAYS = {
    DayKind.HOLIDAY: _("Nghỉ lễ"),
    DayKind.MAKE_UP: _("Làm bù"),
    DayKind.HALF_DAY: _("Làm nửa ngày"),
    DayKind.CLOSURE: _("Đóng cửa"),
}
AGENCIES = {
    AgencyKind.MINISTRY: _("Bộ, ngành"),
    AgencyKind.PROVINCE: _("Tỉnh, thành phố"),
    AgencyKind.DEPARTMENT: _("Sở"),
    AgencyKind.COMMUNE: _("Xã, phường, đặc khu"),
    AgencyKind.CENTRE: _("Trung tâm Phục vụ hành chính công"),
    AgencyKind.UNIT: _("Đơn vị"),
    AgencyKind.BRANCH: _("Chi nhánh"),
    AgencyKind.TAX: _("Cơ quan thuế"),
}
ACCOUNTS = {
    AccountState.INVITED: _("Chờ kích hoạt"),
    AccountState.ACTIVE: _("Đang hoạt động"),
    AccountState.LOCKED: _("Đã khóa"),
}
SIGN_INS = {
    SignInMethod.OPENID: _("Định danh điện tử"),
    SignInMethod.PASSWORD: _("Mật khẩu"),
    SignInMethod.CODE: _("Mã xác thực"),
    SignInMethod.RECOVERY_CODE: _("Mã khôi phục"),
}
HOLDERS = {
    HolderKind.ROLE: _("Vai trò"),
    HolderKind.POSITION: _("Chức danh"),
    HolderKind.GROUP: _("Nhóm"),
    HolderKind.OFFICER: _("Cá nhân"),
}
SCOPES = {
    ScopeKind.AGENCY: _("trong cơ quan"),
    ScopeKind.SUBTREE: _("cơ quan và các đơn vị dưới"),
    ScopeKind.DEPARTMENT: _("trong phòng, ban"),
    ScopeKind.OWN: _("việc của chính mình"),
}
CAPABILITIES = {
    Capability.SEE_DOSSIERS: _("Xem hồ sơ"),
    Capability.RECEIVE: _("Tiếp nhận hồ sơ"),
    Capability.ASK_COMPLETION: _("Yêu cầu hoàn thiện hồ sơ"),
    Capability.REFUSE: _("Từ chối tiếp nhận"),
    Capability.RETURN_NOT_COMPETENT: _("Trả hồ sơ không thuộc thẩm quyền"),
    Capability.FORWARD: _("Chuyển hồ sơ"),
    Capability.DIGITISE: _("Số hóa giấy tờ"),
    Capability.EDIT_CONTACTS: _("Sửa thông tin liên hệ"),
    Capability.TAKE_MONEY: _("Thu phí, lệ phí"),
    Capability.APPROVE_REFUND: _("Duyệt hoàn tiền"),
    Capability.ASSIGN: _("Phân công xử lý"),
    Capability.APPRAISE: _("Thẩm định"),
    Capability.ASK_SUPPLEMENT: _("Yêu cầu bổ sung"),
    Capability.CONSULT: _("Lấy ý kiến"),
    Capability.GIVE_OPINION: _("Cho ý kiến"),
    Capability.APPROVE: _("Duyệt"),
    Capability.ALLOW_EXCEPTION: _("Cho phép ngoại lệ"),
    Capability.DECIDE_STOP: _("Quyết định dừng giải quyết"),
    Capability.EXTEND: _("Gia hạn"),
    Capability.SIGN: _("Ký kết quả"),
    Capability.NUMBER: _("Cấp số văn bản"),
    Capability.SEAL: _("Đóng dấu cơ quan"),
    Capability.RETURN_RESULTS: _("Trả kết quả"),
    Capability.SEE_REPORTS: _("Xem báo cáo"),
    Capability.READ_LOG: _("Xem nhật ký"),
    Capability.ADMINISTER_ORGANISATION: _("Quản trị tổ chức"),
    Capability.ADMINISTER_ACCOUNTS: _("Quản trị tài khoản"),
    Capability.ADMINISTER_EDITIONS: _("Quản trị thủ tục"),
    Capability.OPERATE: _("Vận hành hệ thống"),
}
DIRECTIONS = {"out": _("gửi đi"), "in": _("nhận về"), "ask": _("hỏi đáp")}
OUTCOMES = {
    "sent": _("đã gửi"),
    "answered": _("đã trả lời"),
    "later": _("sẽ thử lại"),
    "refused": _("bị từ chối"),
    "failed": _("không được"),
}
WEEKDAYS = (_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ nhật"))
