"""Where a dossier stands, in the law's words for applicants (TT 21/2023 PL2-4.1) and in one plain sentence."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from motcua.channels.ui import formats
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.types import AskView, DossierView
from motcua.domain.payments.types import Account
from motcua.domain.statuses import queries as statuses
from motcua.domain.statuses.catalogue import Catalogue
from motcua.domain.statuses.types import LegalStatus, State, StepKind
from motcua.foundation.kernel.money import dong
from motcua.foundation.organisation import queries as organisation


def status_of(found: DossierView) -> LegalStatus:
    """Return the legal status: what was handed in and stands in the queue is "Đang chờ tiếp nhận"."""
    if found.state is State.SUBMITTED:
        return statuses.status_for(found.state, StepKind.RECEIVE)
    return dossiers.status(found)


def status_in_list(state: State, catalogue: Catalogue) -> LegalStatus:
    """Return the status a list shows: it does not look at steps."""
    return statuses.status_for(state, StepKind.RECEIVE if state is State.SUBMITTED else None, catalogue)


def sentence_of(found: DossierView, ask: AskView | None, account: Account) -> str:
    """Return the one sentence a tracking page begins with."""
    desk = organisation.agency(found.desk_agency_id).name
    facts = {
        "desk": desk,
        "agency": organisation.agency(found.competent_agency_id).name,
        "promised": formats.moment(found.promised_at),
        "submitted": formats.moment(found.submitted_at),
        "returned": formats.moment(found.returned_at),
        "until": formats.moment(ask.window_due_at) if ask else "",
        "owed": dong(account.owed),
        "step": ", ".join(found.step_names),
    }
    return _sentences()[found.state] % facts


def _sentences() -> Mapping[State, str]:
    """Built at each call, so that it follows the language of the page."""
    return {
        State.DRAFT: _("Hồ sơ chưa nộp."),
        State.SUBMITTED: _("Hồ sơ đã gửi đến %(desk)s lúc %(submitted)s và đang chờ tiếp nhận."),
        State.COMPLETED: _("Bạn đã gửi lại hồ sơ; %(desk)s đang xem lại."),
        State.RETURNED_FOR_COMPLETION: _("%(desk)s đề nghị bạn hoàn thiện hồ sơ trước %(until)s."),
        State.REFUSED: _("%(desk)s không tiếp nhận hồ sơ này."),
        State.NOT_COMPETENT: _("Hồ sơ không thuộc thẩm quyền của %(desk)s; hồ sơ không bị từ chối, hãy nộp đến đúng nơi."),
        State.WITHDRAWN: _("Bạn đã rút hồ sơ này."),
        State.RECEIVED: _("%(desk)s đã tiếp nhận hồ sơ; hẹn trả kết quả %(promised)s."),
        State.IN_PROGRESS: _("Hồ sơ đang được giải quyết tại %(agency)s; hẹn trả kết quả %(promised)s."),
        State.SUPPLEMENT_ASKED: _("%(agency)s đề nghị bạn bổ sung hồ sơ trước %(until)s; thời gian chờ không tính vào hạn giải quyết."),
        State.SUPPLEMENTED: _("Bạn đã bổ sung hồ sơ; %(agency)s đang xem giấy tờ bổ sung."),
        State.PAYMENT_DUE: _("Hồ sơ đang chờ bạn nộp %(owed)s rồi mới được xử lý tiếp."),
        State.STOP_ASKED: _("Bạn đã đề nghị dừng hồ sơ; %(agency)s đang xem xét."),
        State.STOPPED: _("%(agency)s đã dừng giải quyết hồ sơ này."),
        State.DECIDED: _("Hồ sơ đã có kết quả."),
        State.READY_FOR_COLLECTION: _("Kết quả đang chờ bạn nhận tại %(desk)s."),
        State.RETURNED: _("Kết quả đã được trả lúc %(returned)s."),
    }  # fmt: skip
