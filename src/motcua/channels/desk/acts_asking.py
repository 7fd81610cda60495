"""Acts that ask somebody: the applicant for a supplement, another unit for its opinion; and the answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.channels.desk.acts import Act, Ask, Page
from motcua.channels.desk.acts_typed import Typed
from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import AfterSupplement
from motcua.domain.deadlines import queries as deadlines
from motcua.domain.dossiers import commands
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.types import AskKind
from motcua.domain.workflow.graph import Silence
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.organisation import queries as organisation

DAY = 8 * 60  # working minutes


class AskSupplement(Act):
    """Ask the applicant for what is missing; paper 02 goes out (TT 11/2025 15.8, 19.2)."""

    button = gettext_lazy("Gửi yêu cầu bổ sung")
    done = gettext_lazy("Đã gửi yêu cầu bổ sung và lập Phiếu yêu cầu bổ sung. Hạn giải quyết đang tạm dừng.")

    def consequences(self) -> list[str]:
        rule = catalog.edition(self.case.dossier.edition_id).content.supplement
        window = deadlines.limit_words(rule.window)
        then = {
            AfterSupplement.RESTART: _("Khi nhận đủ bổ sung, hạn giải quyết được tính lại từ đầu."),
            AfterSupplement.RESUME: _("Khi nhận đủ bổ sung, hạn giải quyết được tính tiếp phần còn lại."),
        }[rule.then]
        return [
            _("Phiếu yêu cầu bổ sung được lập và gửi cho người nộp qua các kênh họ đã chọn."),
            _("Người nộp có %(window)s để bổ sung.") % {"window": window},
            _("Hạn giải quyết tạm dừng từ lúc gửi. %(then)s") % {"then": then},
        ]

    def page(self) -> Page:
        items = dossiers.checklist(self.case.id, actor=self.case.actor, on=self.case.on)
        options: list[tuple[str, Any, Any]] = [(one.component.key, one.component.name, "") for one in items]
        return Page(
            (
                Ask("content", _("Nội dung cần bổ sung"), hint=_("Ghi đủ trong một lần: chỉ được yêu cầu một lần.")),
                Ask("reason", _("Lý do"), lines=3, hint=_("Vì sao giấy tờ đã nộp chưa đạt, theo quy định nào.")),
                Ask("guidance", _("Hướng dẫn cụ thể"), lines=3, hint=_("Người nộp cần làm gì, lấy giấy ở đâu.")),
                Ask("items", _("Thành phần phải nộp lại hoặc nộp thêm"), "checks", options=options, needed=False),
            )
        )

    def do(self, typed: Typed) -> str:
        paper = commands.ask_supplement(
            task_id=self.task.id,
            content=typed.text("content"),
            reason=typed.text("reason"),
            guidance=typed.text("guidance"),
            items=typed.several("items"),
            expected=typed.expected(),
            actor=self.case.actor,
            at=self.case.at,
        )
        return str(paper)


class ConfirmSupplement(Act):
    """The desk confirms that everything asked is in."""

    title = gettext_lazy("Xác nhận đã nhận đủ bổ sung")
    button = gettext_lazy("Xác nhận đủ")
    done = gettext_lazy("Đã xác nhận. Hồ sơ được giải quyết tiếp.")
    template = "desk/casework/confirm_supplement.html"

    def consequences(self) -> list[str]:
        rule = catalog.edition(self.case.dossier.edition_id).content.supplement
        restarted = rule.then is AfterSupplement.RESTART
        clock = _("Hạn giải quyết tính lại từ lúc người nộp bổ sung.") if restarted else _("Hạn giải quyết tính tiếp.")
        return [clock, _("Giấy hẹn mới được lập nếu ngày trả thay đổi.")]

    def page(self) -> Page:
        asks = dossiers.asks(self.case.id, actor=self.case.actor, on=self.case.on)
        asked = next((one for one in asks if one.kind is AskKind.SUPPLEMENT), None)
        items = dossiers.checklist(self.case.id, actor=self.case.actor, on=self.case.on)
        wanted = [one for one in items if asked and one.component.key in asked.items]
        return Page(more={"asked": asked, "items": wanted})

    def do(self, typed: Typed) -> str:
        commands.confirm_supplement(
            dossier_id=self.case.id, expected=typed.expected(), actor=self.case.actor, at=self.case.at
        )
        return str(self.case.id)


class AskOpinion(Act):
    """Ask another department or agency; the letter says what, until when, how to answer (TT 11/2025 15.9a)."""

    button = gettext_lazy("Gửi văn bản lấy ý kiến")
    done = gettext_lazy("Đã gửi văn bản lấy ý kiến. Việc của bạn chờ câu trả lời.")

    def consequences(self) -> list[str]:
        return [
            _("Văn bản lấy ý kiến được lập, đơn vị được hỏi nhận một việc có hạn trả lời."),
            _("Việc của bạn chờ đến khi có ý kiến; hạn giải quyết của hồ sơ vẫn tính."),
        ]

    def page(self) -> Page:
        silence = (
            (Silence.WAIT, _("Vẫn chờ, không trả lời không phải là đồng ý"), ""),
            (Silence.CONSENT, _("Coi như đồng ý"), _("Chỉ chọn khi pháp luật quy định như vậy; ghi căn cứ bên dưới.")),
        )
        return Page(
            (
                Ask("unit", _("Đơn vị được hỏi"), "select", options=_units(self)),
                Ask("subject", _("Trích yếu"), "text", value=self._subject()),
                Ask("question", _("Nội dung cần cho ý kiến"), lines=6),
                Ask("days", _("Số ngày làm việc để trả lời"), "number", value="3"),
                Ask("silence", _("Nếu quá hạn mà không trả lời"), "radios", value=Silence.WAIT, options=silence),
                Ask(
                    "ground",
                    _("Căn cứ"),
                    "text",
                    hint=_("Điều, khoản, văn bản quy định việc lấy ý kiến."),
                    needed=False,
                ),
            )
        )

    def do(self, typed: Typed) -> str:
        agency, _dot, department = typed.text("unit").partition(".")
        if not agency:
            raise Invalid((FieldProblem("unit", _("Hãy chọn đơn vị được hỏi.")),))
        question = commands.Question(
            agency_id=UUID(agency),
            department_id=UUID(department) if department else None,
            subject=typed.text("subject") or self._subject(),
            question=typed.text("question"),
            limit_minutes=_days(typed) * DAY,
            silence=_silence(typed),
            ground=typed.text("ground"),
        )
        paper = commands.ask_opinion(
            task_id=self.task.id,
            question=question,
            expected=typed.expected(),
            actor=self.case.actor,
            at=self.case.at,
        )
        return str(paper)

    def _subject(self) -> str:
        about = {"procedure": self.case.dossier.procedure_name, "code": self.case.dossier.code}
        return _("Lấy ý kiến về hồ sơ %(code)s: %(procedure)s") % about


class GiveOpinion(Act):
    """Answer what another unit asked; words and verdict are kept (TT 11/2025 15.9b)."""

    button = gettext_lazy("Gửi ý kiến")
    done = gettext_lazy("Đã gửi ý kiến cho đơn vị hỏi.")

    def consequences(self) -> list[str]:
        asked = _("Nội dung được hỏi: %(question)s") % {"question": self.task.reason}
        told = _("Ý kiến được ghi vào hồ sơ và đơn vị hỏi xử lý tiếp ngay.")
        return [asked, told] if self.task.reason else [told]

    def page(self) -> Page:
        verdicts = (("consent", _("Đồng ý"), ""), ("objection", _("Không đồng ý"), ""))
        return Page(
            (
                Ask("verdict", _("Kết luận của đơn vị"), "radios", options=verdicts),
                Ask("words", _("Ý kiến"), lines=6),
            )
        )

    def do(self, typed: Typed) -> str:
        if typed.text("verdict") not in {"consent", "objection"}:
            raise Invalid((FieldProblem("verdict", _("Hãy chọn đồng ý hay không đồng ý.")),))
        commands.give_opinion(
            task_id=self.task.id,
            words=typed.text("words"),
            agrees=typed.text("verdict") == "consent",
            action=self.choice.key if self.choice else "answer",
            expected=typed.expected(),
            actor=self.case.actor,
            at=self.case.at,
        )
        return str(self.task.id)


def _units(act: Act) -> list[tuple[str, Any, Any]]:
    """Departments of the own agency first, then every agency of the province."""
    on, own = act.case.on, act.task.agency_id
    found: list[tuple[str, Any, Any]] = [("", _("Chọn đơn vị"), "")]
    if own is not None:
        departments = organisation.departments(own, on)
        found += [(f"{own}.{one.id}", one.name, "") for one in departments if one.id != act.task.department_id]
    agencies = organisation.subtree(organisation.root(on).id, on)
    return found + [(str(one.id), one.name, "") for one in agencies if one.id != own]


def _days(typed: Typed) -> int:
    days = typed.number("days", _("Hãy ghi số ngày làm việc, ví dụ 3."))
    if not 1 <= days <= 60:
        raise Invalid((FieldProblem("days", _("Thời hạn cho ý kiến từ 1 đến 60 ngày làm việc.")),))
    return days


def _silence(typed: Typed) -> Silence:
    chosen = Silence.CONSENT if typed.text("silence") == Silence.CONSENT else Silence.WAIT
    if chosen is Silence.CONSENT and not typed.text("ground"):
        raise Invalid((FieldProblem("ground", _("Im lặng là đồng ý phải có căn cứ. Hãy ghi điều, khoản, văn bản.")),))
    return chosen
