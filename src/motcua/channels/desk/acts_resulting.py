"""Acts on the result: draft it and look at it, sign, number, seal, or issue it on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.channels.desk.acts import Act, Ask, Page, leads_to
from motcua.channels.desk.acts_typed import Typed
from motcua.channels.ui import formats
from motcua.domain.catalog import queries as catalog
from motcua.domain.documents import queries as papers
from motcua.domain.documents.types import Paper
from motcua.domain.dossiers import commands
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.types import Outcome
from motcua.domain.signing import queries as signing
from motcua.domain.signing.types import Authorisation, AuthorisationMode, Credential
from motcua.foundation.kernel.errors import FieldProblem, Invalid

SOON = timedelta(days=30)
PIN = frozenset({AuthorisationMode.PIN, AuthorisationMode.PIN_AND_OTP})
OTP = frozenset({AuthorisationMode.OTP, AuthorisationMode.PIN_AND_OTP})


class _OnResult(Act):
    """An act that shows the result paper as it is."""

    template = "desk/casework/result.html"

    def paper(self) -> Paper | None:
        """The current result paper, if it was drafted."""
        found = dossiers.result(self.case.id, actor=self.case.actor, on=self.case.on)
        return papers.paper(found.paper_id) if found else None

    def shown(self, **more: Any) -> dict[str, Any]:
        """What the template needs beside the questions."""
        result = dossiers.result(self.case.id, actor=self.case.actor, on=self.case.on)
        paper = papers.paper(result.paper_id) if result else None
        return {"paper": paper, "result": result, "credentials": (), **more}


class DraftResult(_OnResult):
    """Draft the result from the form's data; drafting again replaces the draft until somebody signs."""

    button = gettext_lazy("Soạn và xem dự thảo")
    done = gettext_lazy("Đã soạn dự thảo. Hãy đọc lại bên dưới; soạn lại nếu cần sửa.")
    outcome = Outcome.GRANTED

    def consequences(self) -> list[str]:
        return [_("Dữ liệu tờ khai được điền vào mẫu kết quả; phần dưới đây là lời văn bạn thêm.")]

    def page(self) -> Page:
        found = catalog.edition(self.case.dossier.edition_id).results_for(self.case.dossier.case_key)
        words = self.words()
        name = words.get("title") or (found[0].name if found else "")
        asks = (
            Ask("title", _("Tên văn bản"), "text", value=name, needed=False),
            Ask("subtitle", _("Trích yếu"), "text", value=words.get("subtitle", ""), needed=False),
            Ask(
                "body",
                _("Nội dung"),
                lines=8,
                value=words.get("body", ""),
                hint=_("Để trống thì in nguyên thông tin trong tờ khai. Cách một dòng trống để sang đoạn mới."),
                needed=False,
            ),
        )
        return Page(asks, self.shown())

    def words(self) -> Mapping[str, str]:
        """What was written for the draft that is there, so that drafting again begins with it."""
        found = dossiers.result(self.case.id, actor=self.case.actor, on=self.case.on)
        return found.words if found and found.outcome is self.outcome else {}

    def do(self, typed: Typed) -> str:
        facts = {name: typed.text(name) for name in ("title", "subtitle", "body")}
        paper = commands.draft_result(
            task_id=self.task.id,
            outcome=self.outcome,
            facts=facts,
            reasons=typed.lines("reasons"),
            guidance=typed.text("guidance"),
            expected=typed.expected(),
            actor=self.case.actor,
            at=self.case.at,
        )
        return str(paper)

    def onward(self, _outcome: str, /) -> str:
        return self.case.request.path


class DraftRefusal(DraftResult):
    """Draft the paper that refuses to resolve, with its reasons (TT 11/2025 19.3)."""

    button = gettext_lazy("Soạn và xem Phiếu từ chối")
    outcome = Outcome.REFUSED

    def consequences(self) -> list[str]:
        return [_("Phiếu từ chối giải quyết được soạn để lãnh đạo ký; hồ sơ chưa kết thúc cho đến khi phát hành.")]

    def page(self) -> Page:
        words = self.words()
        asks = (
            Ask(
                "reasons",
                _("Lý do không giải quyết"),
                hint=_("Mỗi dòng một lý do, kèm quy định của pháp luật."),
                value=words.get("reasons", ""),
            ),
            Ask("guidance", _("Hướng dẫn cho người nộp"), lines=3, value=words.get("guidance", ""), needed=False),
        )
        return Page(asks, self.shown())


class _Signing(_OnResult):
    """Ask a signing service for a signature; PIN and OTP live minutes and are never logged."""

    button = gettext_lazy("Ký số")
    done = gettext_lazy("Đã gửi yêu cầu ký. Trang này tự cập nhật khi dịch vụ ký số trả lời.")

    def credentials(self) -> Sequence[Credential]:
        """The usable keys for this act."""
        raise NotImplementedError

    def page(self) -> Page:
        found = self.credentials()
        result = dossiers.result(self.case.id, actor=self.case.actor, on=self.case.on)
        request = signing.request(result.signing_request_id) if result and result.signing_request_id else None
        more = {"problem": result.problem if result else "", "signing": request, "wants_keys": True}
        return Page(_asks(self, found), self.shown(credentials=found, soon=self.case.at + SOON, **more))

    def onward(self, outcome: str, /) -> str:
        return reverse("desk:signing", args=[self.case.id, outcome])

    def chosen(self, typed: Typed) -> dict[str, Any]:
        """Return the key, what its holder typed, and the rest of the command's arguments."""
        credential = typed.id("credential", _("Hãy chọn chứng thư số."))
        if credential not in {one.id for one in self.credentials()}:
            raise Invalid((FieldProblem("credential", _("Chứng thư số này không dùng được. Hãy chọn lại.")),))
        return {
            "task_id": self.task.id,
            "action": self.choice.key if self.choice else "",
            "credential_id": credential,
            "authorisation": Authorisation(pin=typed.text("pin"), otp=typed.text("otp")),
            "expected": typed.expected(),
            "actor": self.case.actor,
            "at": self.case.at,
        }


class SignResult(_Signing):
    """The leader signs with their own key (TT 11/2025 18.1)."""

    def consequences(self) -> list[str]:
        return [_("Văn bản được chốt với tên và chức vụ của bạn rồi gửi đi ký số."), *leads_to(self)]

    def credentials(self) -> Sequence[Credential]:
        return signing.credentials_for(at=self.case.at, officer_id=self.case.actor.officer_id)

    def do(self, typed: Typed) -> str:
        return str(commands.sign_result(**self.chosen(typed)))


class SealResult(_Signing):
    """The clerk puts the agency's signature on it, which locks the paper."""

    button = gettext_lazy("Đóng dấu số")

    def consequences(self) -> list[str]:
        return [_("Chữ ký số của cơ quan khóa văn bản: sau đó không sửa được nữa."), *leads_to(self)]

    def credentials(self) -> Sequence[Credential]:
        return signing.credentials_for(at=self.case.at, agency_id=self.case.actor.agency_id)

    def do(self, typed: Typed) -> str:
        return str(commands.seal_result(**self.chosen(typed)))


class NumberResult(_OnResult):
    """The clerk gives number and date (NĐ 30/2020 Điều 15, 18)."""

    button = gettext_lazy("Lấy số")

    def consequences(self) -> list[str]:
        return [
            _("Số tiếp theo của sổ và ngày hôm nay được ghi vào văn bản; số đã lấy không dùng lại."),
            *leads_to(self),
        ]

    def page(self) -> Page:
        return Page((), self.shown())

    def do(self, typed: Typed) -> str:
        return commands.number_result(
            task_id=self.task.id,
            action=self.choice.key if self.choice else "",
            expected=typed.expected(),
            actor=self.case.actor,
            at=self.case.at,
        )

    def said(self, outcome: str, /) -> str:
        return _("Đã lấy số %(number)s.") % {"number": outcome}


class IssueOnPaper(_OnResult):
    """Issue a result that is signed and sealed by hand; it is printed for that."""

    button = gettext_lazy("Lấy số và in")

    def consequences(self) -> list[str]:
        return [
            _("Văn bản lấy số ngay và được in ra để ký tay, đóng dấu."),
            _("Chỉ dùng khi kết quả không trả bằng bản điện tử."),
            *leads_to(self),
        ]

    def page(self) -> Page:
        return Page((), self.shown())

    def do(self, typed: Typed) -> str:
        paper = commands.issue_on_paper(
            task_id=self.task.id,
            action=self.choice.key if self.choice else "",
            expected=typed.expected(),
            actor=self.case.actor,
            at=self.case.at,
        )
        return str(paper)

    def said(self, outcome: str, /) -> str:
        return _("Đã lấy số %(number)s. Hãy in để ký và đóng dấu.") % {"number": papers.paper(UUID(outcome)).number}

    def onward(self, outcome: str, /) -> str:
        return f"{self.case.url}?tab=giay-to&xem={papers.paper(UUID(outcome)).file_id}"


def _asks(act: _Signing, found: Sequence[Credential]) -> tuple[Ask, ...]:
    """Which key, and what its service wants typed: fields nobody needs are not shown."""
    if not found:
        return ()
    options = [(str(one.id), _holder(one), _status(act, one)) for one in found]
    asks = [Ask("credential", _("Ký bằng"), "radios", value=options[0][0], options=options)]
    modes = {one.mode for one in found}
    if modes & PIN:
        asks.append(Ask("pin", _("Mã PIN"), "secret", needed=modes <= PIN))
    if modes & OTP:
        asks.append(Ask("otp", _("Mã OTP"), "secret", needed=modes <= OTP))
    return tuple(asks)


def _holder(one: Credential) -> str:
    """The common name of the certificate's subject."""
    parts = (part.split(":", 1) if ":" in part else part.split("=", 1) for part in one.subject.split(","))
    names = {pair[0].strip().lower(): pair[1].strip() for pair in parts if len(pair) == 2}
    return names.get("common name") or names.get("cn") or one.subject


def _status(act: Act, one: Credential) -> str:
    until = formats.date(one.valid_until_at)
    if one.valid_until_at - act.case.at < SOON:
        return _("Sắp hết hạn: %(until)s. Số chứng thư %(serial)s") % {"until": until, "serial": one.serial}
    return _("Còn hiệu lực đến %(until)s. Số chứng thư %(serial)s") % {"until": until, "serial": one.serial}
