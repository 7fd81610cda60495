"""The moves of the law, as a lifecycle has them; dossiers hand over their own."""

from motcua.domain.statuses.types import Move, State

MOVES = tuple(
    Move(name, source, target)
    for name, sources, target in [
        ("Nộp hồ sơ", [State.DRAFT], State.SUBMITTED),
        ("Đăng ký tại quầy", [State.DRAFT], State.RECEIVED),
        ("Yêu cầu hoàn thiện", [State.SUBMITTED, State.COMPLETED], State.RETURNED_FOR_COMPLETION),
        ("Hoàn thiện", [State.RETURNED_FOR_COMPLETION], State.COMPLETED),
        ("Từ chối tiếp nhận", [State.SUBMITTED, State.RETURNED_FOR_COMPLETION, State.COMPLETED], State.REFUSED),
        ("Trả lại", [State.SUBMITTED, State.RETURNED_FOR_COMPLETION, State.COMPLETED], State.NOT_COMPETENT),
        ("Rút hồ sơ", [State.SUBMITTED, State.RETURNED_FOR_COMPLETION, State.COMPLETED], State.WITHDRAWN),
        ("Tiếp nhận", [State.SUBMITTED, State.COMPLETED], State.RECEIVED),
        ("Chuyển xử lý", [State.RECEIVED, State.SUPPLEMENTED, State.PAYMENT_DUE, State.STOP_ASKED], State.IN_PROGRESS),
        ("Yêu cầu bổ sung", [State.RECEIVED, State.IN_PROGRESS, State.SUPPLEMENTED], State.SUPPLEMENT_ASKED),
        ("Bổ sung", [State.SUPPLEMENT_ASKED], State.SUPPLEMENTED),
        ("Yêu cầu nộp tiền", [State.RECEIVED, State.IN_PROGRESS, State.SUPPLEMENTED, State.DECIDED], State.PAYMENT_DUE),
        (
            "Đề nghị dừng",
            [State.RECEIVED, State.IN_PROGRESS, State.SUPPLEMENT_ASKED, State.PAYMENT_DUE],
            State.STOP_ASKED,
        ),
        (
            "Dừng",
            [State.RECEIVED, State.IN_PROGRESS, State.SUPPLEMENT_ASKED, State.PAYMENT_DUE, State.STOP_ASKED],
            State.STOPPED,
        ),
        ("Phát hành", [State.RECEIVED, State.IN_PROGRESS, State.SUPPLEMENTED], State.DECIDED),
        ("Chuyển về Một cửa", [State.DECIDED], State.READY_FOR_COLLECTION),
        ("Trả kết quả", [State.DECIDED, State.READY_FOR_COLLECTION], State.RETURNED),
        ("Mở lại", [State.STOPPED, State.RETURNED], State.IN_PROGRESS),
    ]
    for source in sources
)
