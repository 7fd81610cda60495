"""Take cash at the counter, and print any paper of the dossier (TT 11/2025 18.4, 19)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from motcua.channels.desk.acts import Ask, Page
from motcua.channels.desk.acts_returning import Verb
from motcua.channels.desk.acts_typed import Typed
from motcua.channels.desk.casework_case import case_of
from motcua.channels.ui import flash, formats
from motcua.channels.ui.signin.needed import officer_needed
from motcua.domain.documents import commands as papers
from motcua.domain.documents import queries as papers_of
from motcua.domain.documents.types import PaperState
from motcua.domain.dossiers import commands
from motcua.domain.payments import queries as payments
from motcua.domain.payments.types import Due
from motcua.foundation.kernel.errors import Missing

NO_PAPER = gettext_lazy("Không tìm thấy giấy tờ này.")


class TakeMoney(Verb):
    """Take cash for what is owed; the fee receipt is issued with it."""

    verb = "take_money"
    title = gettext_lazy("Thu tiền mặt")
    button = gettext_lazy("Thu tiền và in biên lai")

    def owed(self) -> list[Due]:
        """The dues that can be paid here."""
        return [due for due in payments.account_of(self.case.id).dues if due.owed]

    def hindrance(self) -> str:
        return "" if self.owed() else _("Không còn khoản nào phải nộp.")

    def consequences(self) -> list[str]:
        return [_("Biên lai có số được lập ngay; tiền vào ca thu của quầy.")]

    def page(self) -> Page:
        owed = self.owed()
        options: list[tuple[str, Any, Any]] = [
            (str(due.id), f"{due.name} – {formats.dong(due.owed)}", "") for due in owed
        ]
        total = formats.number(sum(due.owed for due in owed))
        chosen = ",".join(value for value, _words, _hint in options)
        return Page(
            (
                Ask("dues", _("Thu khoản"), "checks", value=chosen, options=options),
                Ask("tendered", _("Số tiền người nộp đưa (đồng)"), "money", value=total),
                Ask("till", _("Quầy thu"), "text", value="1"),
            )
        )

    def do(self, typed: Typed) -> str:
        due_ids = [UUID(value) for value in typed.several("dues") if value in {str(due.id) for due in self.owed()}]
        taken = commands.take_money(
            dossier_id=self.case.id,
            due_ids=due_ids,
            tendered=typed.number("tendered", _("Hãy ghi số tiền bằng chữ số, ví dụ 50.000.")),
            till=typed.text("till")[:20] or "1",
            expected=typed.expected(),
            actor=self.case.actor,
            at=self.case.at,
        )
        return f"{taken.paper_id} {taken.receipt.change}"

    def said(self, outcome: str, /) -> str:
        change = int(outcome.split(" ")[1])
        told = _("Đã thu tiền và lập biên lai.")
        return f"{told} {_('Trả lại người nộp %(change)s.') % {'change': formats.dong(change)}}" if change else told

    def onward(self, outcome: str, /) -> str:
        paper = papers_of.paper(UUID(outcome.split(" ", maxsplit=1)[0]))
        return f"{self.case.url}?tab=giay-to&xem={paper.file_id}"


@require_POST
@officer_needed
def reprint(request: HttpRequest, dossier_id: UUID, paper_id: UUID) -> HttpResponse:
    """Print a paper of the dossier again: the same file, the history says so."""
    case = case_of(request, dossier_id)
    paper = papers_of.paper(paper_id)
    if paper.subject_id != case.id or paper.state is not PaperState.ISSUED:
        raise Missing(NO_PAPER)
    file_id = papers.reprint_paper(paper_id=paper_id, actor=case.actor, at=case.at)
    return redirect("desk:file", file_id)


@require_POST
@officer_needed
def fee_receipt(request: HttpRequest, dossier_id: UUID, receipt_id: UUID) -> HttpResponse:
    """Open a fee receipt as a paper; one that came in online is issued on paper now."""
    case = case_of(request, dossier_id)
    paper = commands.print_fee_receipt(dossier_id=case.id, receipt_id=receipt_id, actor=case.actor, at=case.at)
    flash.say(request, _("Biên lai đã sẵn sàng để in."))
    return redirect(f"{case.url}?tab=giay-to&xem={papers_of.paper(paper).file_id}")
