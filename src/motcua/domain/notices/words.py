"""The built-in words of notices, by event: title, body, SMS (without marks, one part of 160 where it can be).

``%(code)s`` the dossier's code · ``%(what)s`` what it is about · ``%(reason)s`` why, what is asked · ``%(until)s`` until
when · ``%(promised)s`` the promised date · ``%(place)s`` where · ``%(amount)s`` how much.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What one kind of notice says."""

    title: str
    body: str
    sms: str = ""


TO_APPLICANT: dict[str, Words] = {
    "dossier.submitted": Words(
        "Đã nộp hồ sơ %(code)s",
        "Hồ sơ %(code)s (%(what)s) đã được gửi đến %(place)s và đang chờ tiếp nhận.",
    ),
    "dossier.received": Words(
        "Hồ sơ %(code)s đã được tiếp nhận",
        "%(place)s đã tiếp nhận hồ sơ %(code)s (%(what)s). Hẹn trả kết quả: %(promised)s.",
        "Ho so %(code)s da duoc tiep nhan. Hen tra ket qua: %(promised)s.",
    ),
    "dossier.completion_asked": Words(
        "Hồ sơ %(code)s cần hoàn thiện",
        "Nội dung: %(content)s\nLý do: %(reason)s\nHướng dẫn: %(guidance)s\nHạn hoàn thiện: %(until)s.",
        "Ho so %(code)s can hoan thien truoc %(until)s. Xem chi tiet trong tai khoan cua ban.",
    ),
    "dossier.refused": Words(
        "Hồ sơ %(code)s không được tiếp nhận",
        "Lý do: %(reason)s\nBạn có thể xem Phiếu từ chối trong tài khoản hoặc nhận lại giấy tờ tại %(place)s.",
        "Ho so %(code)s khong duoc tiep nhan. Xem ly do trong tai khoan cua ban.",
    ),
    "dossier.returned_as_not_competent": Words(
        "Hồ sơ %(code)s không thuộc thẩm quyền của cơ quan đã nhận",
        "%(reason)s\nHồ sơ không bị từ chối: hãy nộp đến đúng cơ quan nêu trên.",
        "Ho so %(code)s khong thuoc tham quyen. Xem noi can nop trong tai khoan cua ban.",
    ),
    "dossier.payment_demanded": Words(
        "Hồ sơ %(code)s cần nộp phí, lệ phí",
        "Số tiền cần nộp: %(amount)s. Hồ sơ được xử lý tiếp ngay khi nhận được tiền.",
        "Ho so %(code)s can nop %(amount)s. Nop truc tuyen trong tai khoan cua ban.",
    ),
    "dossier.payment_met": Words("Đã nhận tiền của hồ sơ %(code)s", "Hồ sơ %(code)s được chuyển xử lý tiếp."),
    "dossier.supplement_asked": Words(
        "Hồ sơ %(code)s cần bổ sung",
        "Nội dung: %(content)s\nLý do: %(reason)s\nHướng dẫn: %(guidance)s\nHạn bổ sung: %(until)s.\n"
        "Thời gian chờ bổ sung không tính vào thời hạn giải quyết.",
        "Ho so %(code)s can bo sung truoc %(until)s. Xem chi tiet trong tai khoan cua ban.",
    ),
    "dossier.supplement_confirmed": Words(
        "Đã nhận đủ giấy tờ bổ sung của hồ sơ %(code)s", "Ngày hẹn trả kết quả mới: %(promised)s."
    ),
    "dossier.stop_declined": Words("Hồ sơ %(code)s được giải quyết tiếp", "Lý do: %(reason)s"),
    "dossier.stopped": Words(
        "Hồ sơ %(code)s đã dừng giải quyết",
        "Lý do: %(reason)s\nBạn nhận lại giấy tờ đã nộp tại %(place)s.",
        "Ho so %(code)s da dung giai quyet. Xem ly do trong tai khoan cua ban.",
    ),
    "dossier.decided": Words(
        "Hồ sơ %(code)s đã có kết quả",
        "Kết quả điện tử nằm trong tài khoản của bạn; bản giấy nhận tại %(place)s.",
        "Ho so %(code)s da co ket qua. Nhan tai %(place_plain)s hoac tai ve trong tai khoan.",
    ),
    "dossier.returned": Words("Đã trả kết quả hồ sơ %(code)s", "Người nhận: %(receiver)s."),
}

TO_OFFICERS: dict[str, Words] = {
    "dossier.submitted": Words("Hồ sơ mới chờ tiếp nhận: %(code)s", "%(what)s"),
    "dossier.completed": Words("Hồ sơ đã hoàn thiện, chờ tiếp nhận: %(code)s", "%(what)s"),
    "dossier.supplemented": Words("Người nộp đã bổ sung hồ sơ %(code)s", "%(what)s"),
    "dossier.withdrawn": Words("Người nộp đã rút hồ sơ %(code)s", "%(reason)s"),
    "dossier.stop_asked": Words("Người nộp đề nghị dừng hồ sơ %(code)s", "%(reason)s"),
    "dossier.step_changed": Words("Việc mới: %(step)s – hồ sơ %(code)s", "%(what)s"),
    "dossier.signature_failed": Words("Chưa ký được kết quả hồ sơ %(code)s", "%(why)s"),
    "dossier.decided": Words("Hồ sơ %(code)s có kết quả chờ trả", "%(what)s"),
}
