"""Acts that end a dossier: stop it or go on, hand over the result and the originals."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.channels.desk.acts import Act, Ask, Page
from motcua.channels.desk.acts_typed import Typed
from motcua.domain.documents import queries as documents
from motcua.domain.documents.types import Form, Use, UseKind
from motcua.domain.dossiers import commands
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.types import Originals, Receiver
from motcua.domain.payments import queries as payments
from motcua.foundation.identity import queries as identity
from motcua.foundation.identity.types import IdentifierKind
from motcua.foundation.kernel.errors import FieldProblem, Invalid, NotAllowed
from motcua.foundation.kernel.text import search_key

NOT_YOURS = gettext_lazy("Bạn xem được hồ sơ này nhưng không có quyền làm việc này.")


class Verb(Act):
    """A verb of the dossier itself, not of one of its tasks."""

    verb = ""

    def require(self) -> None:
        if self.verb not in dossiers.verbs(self.case.id, actor=self.case.actor, on=self.case.on):
            raise NotAllowed(NOT_YOURS)


class Stop(Verb):
    """Stop the dossier; paper 05 goes out (NĐ 118/2025 Điều 21)."""

    verb = "stop"
    title = gettext_lazy("Dừng giải quyết hồ sơ")
    button = gettext_lazy("Dừng hồ sơ")
    done = gettext_lazy("Đã dừng hồ sơ và lập Thông báo dừng giải quyết.")
    is_grave = True

    def consequences(self) -> list[str]:
        return [
            _("Thông báo dừng giải quyết hồ sơ được lập và gửi cho người nộp."),
            _("Mọi việc đang mở của hồ sơ kết thúc, khoản chưa nộp được bỏ."),
            _("Việc này không hoàn tác được."),
        ]

    def page(self) -> Page:
        return Page((Ask("reason", _("Lý do dừng")),))

    def do(self, typed: Typed) -> str:
        paper = commands.stop(
            dossier_id=self.case.id,
            reason=typed.text("reason"),
            expected=typed.expected(),
            actor=self.case.actor,
            at=self.case.at,
        )
        return str(paper)


class DeclineStop(Verb):
    """Go on in spite of the request, with a reason."""

    verb = "decline_stop"
    title = gettext_lazy("Không dừng, tiếp tục giải quyết")
    button = gettext_lazy("Tiếp tục giải quyết")
    done = gettext_lazy("Hồ sơ được giải quyết tiếp; người nộp được báo lý do.")

    def consequences(self) -> list[str]:
        return [_("Người nộp nhận được lý do bạn ghi; hồ sơ trở lại bước đang làm.")]

    def page(self) -> Page:
        return Page((Ask("reason", _("Lý do không dừng")),))

    def do(self, typed: Typed) -> str:
        commands.decline_stop(
            dossier_id=self.case.id,
            reason=typed.text("reason"),
            expected=typed.expected(),
            actor=self.case.actor,
            at=self.case.at,
        )
        return str(self.case.id)


class HandBack(Verb):
    """Record who took what at the desk: identity, authority, originals one by one (TT 11/2025 18.4–18.6)."""

    verb = "hand_back"
    title = gettext_lazy("Trả kết quả tại quầy")
    button = gettext_lazy("Ghi nhận đã trả")
    template = "desk/casework/hand_back.html"

    def heading(self) -> str:
        return str(self.title)

    @property
    def expected(self) -> int:
        return self.case.dossier.version

    def hindrance(self) -> str:
        return dossiers.hindrance_to_return(self.case.id, actor=self.case.actor, on=self.case.on)

    def consequences(self) -> list[str]:
        return [
            _("Ghi lại người nhận, thời điểm trả và từng bản chính đã trả."),
            _("Bản chính còn giữ lại thì hồ sơ vẫn ở trạng thái chưa trả xong."),
        ]

    def page(self) -> Page:
        dossier = self.case.dossier
        owner = identity.party(dossier.owner_id)
        who = (("owner", _("Chủ hồ sơ: %(name)s") % {"name": owner.name}, ""), ("other", _("Người nhận thay"), ""))
        receipts = [one.code for one in payments.account_of(dossier.id).receipts if not one.is_void]
        number = owner.number(IdentifierKind.PERSONAL_NUMBER) or ""
        return Page(
            (
                Ask("who", _("Ai nhận?"), "radios", value="owner", options=who),
                Ask("name", _("Họ và tên người nhận"), "text", value=owner.name),
                Ask("identity", _("Số giấy tờ tùy thân của người nhận"), "text", value=number),
                Ask(
                    "authority",
                    _("Giấy ủy quyền"),
                    "text",
                    hint=_("Số, ngày, nơi lập. Chỉ khi nhận thay."),
                    needed=False,
                ),
                Ask("fee_receipt", _("Số biên lai thu phí, lệ phí"), "text", value=", ".join(receipts), needed=False),
            ),
            {"originals": originals_of(self), "lost": typed_lost()},
        )

    def do(self, typed: Typed) -> str:
        is_owner = typed.text("who") != "other"
        if is_owner and search_key(typed.text("name")) != search_key(self.case.dossier.owner_name):
            sentence = _("Tên này khác tên chủ hồ sơ. Nếu người khác nhận, hãy chọn “Người nhận thay”.")
            raise Invalid((FieldProblem("name", sentence),))
        receiver = Receiver(typed.text("name"), typed.text("identity"), is_owner, typed.text("authority"))
        commands.return_in_person(
            dossier_id=self.case.id,
            receiver=receiver,
            originals=_handed_back(self, typed),
            fee_receipt=typed.text("fee_receipt")[:60],
            receipt_lost=typed.yes("receipt_lost"),
            note_words=typed.text("note")[:1000],
            expected=typed.expected(),
            actor=self.case.actor,
            at=self.case.at,
        )
        return "kept" if any(not one.handed_back for one in _handed_back(self, typed)) else "returned"

    def said(self, outcome: str, /) -> str:
        if outcome == "kept":
            return _("Đã ghi nhận. Còn bản chính chưa trả nên hồ sơ vẫn chờ trả.")
        return _("Đã ghi nhận trả kết quả.")


def originals_of(act: Act) -> list[Use]:
    """Return the originals that were handed in on paper and lie with the dossier."""
    uses = documents.uses_of(act.case.id)
    return [use for use in uses if use.kind is UseKind.PAPER and use.form is Form.ORIGINAL]


def typed_lost() -> Ask:
    """The question about the receipt 01."""
    options: list[tuple[str, Any, Any]] = [("yes", _("Người nhận không còn giấy hẹn"), "")]
    return Ask("receipt_lost", "", "checks", options=options, needed=False)


def _handed_back(act: Act, typed: Typed) -> list[Originals]:
    return [
        Originals(use.name, handed_back=typed.yes(f"back-{use.id}"), note=typed.text(f"why-{use.id}")[:300])
        for use in originals_of(act)
    ]
