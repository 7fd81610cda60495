"""The verbs of a dossier."""

from motcua.domain.dossiers.commands.at_counter import Served, give_receipt, reuse_document, serve, state_paper
from motcua.domain.dossiers.commands.at_reception import ask_completion, refuse_reception, return_as_not_competent
from motcua.domain.dossiers.commands.by_applicant import ask_stop, complete, supplement, withdraw
from motcua.domain.dossiers.commands.draft import (
    attach_file,
    detach_file,
    discard_draft,
    hand_over_paper,
    restore_draft,
    save_answers,
)
from motcua.domain.dossiers.commands.inspecting import Finding, Findings, Member, record_inspection
from motcua.domain.dossiers.commands.opinions import Question, ask_opinion, give_opinion
from motcua.domain.dossiers.commands.people import (
    change_contact,
    register_organisation,
    register_person,
    represent,
)
from motcua.domain.dossiers.commands.publish_statuses import publish_statuses
from motcua.domain.dossiers.commands.receive import receive, register
from motcua.domain.dossiers.commands.resulting import (
    draft_result,
    issue_on_paper,
    number_result,
    seal_result,
    sign_result,
)
from motcua.domain.dossiers.commands.returning import make_ready, return_in_person, return_online
from motcua.domain.dossiers.commands.start_draft import start_draft
from motcua.domain.dossiers.commands.stopping import decline_stop, stop
from motcua.domain.dossiers.commands.submit import submit
from motcua.domain.dossiers.commands.supplementing import ask_supplement, confirm_supplement
from motcua.domain.dossiers.commands.taking_money import Taken, print_fee_receipt, take_money
from motcua.domain.dossiers.commands.working import assign, claim, finish

__all__ = [
    "publish_statuses",
    "Finding",
    "Findings",
    "Member",
    "Question",
    "Served",
    "Taken",
    "ask_completion",
    "ask_opinion",
    "ask_stop",
    "ask_supplement",
    "assign",
    "attach_file",
    "change_contact",
    "claim",
    "complete",
    "confirm_supplement",
    "decline_stop",
    "detach_file",
    "discard_draft",
    "draft_result",
    "finish",
    "give_opinion",
    "give_receipt",
    "hand_over_paper",
    "issue_on_paper",
    "make_ready",
    "number_result",
    "print_fee_receipt",
    "receive",
    "record_inspection",
    "refuse_reception",
    "register",
    "register_organisation",
    "register_person",
    "represent",
    "restore_draft",
    "return_as_not_competent",
    "return_in_person",
    "return_online",
    "reuse_document",
    "save_answers",
    "seal_result",
    "serve",
    "sign_result",
    "start_draft",
    "state_paper",
    "stop",
    "submit",
    "supplement",
    "take_money",
    "withdraw",
]
