"""Documents' verbs."""

from motcua.domain.documents.commands.attach import attach
from motcua.domain.documents.commands.detach import detach
from motcua.domain.documents.commands.draft_result import draft_result
from motcua.domain.documents.commands.hand_over_paper import hand_over_paper
from motcua.domain.documents.commands.issue_paper import issue_paper
from motcua.domain.documents.commands.issue_result import issue_result
from motcua.domain.documents.commands.meet_by_data import meet_by_data
from motcua.domain.documents.commands.number_result import number_result
from motcua.domain.documents.commands.register_type import register_type
from motcua.domain.documents.commands.replace_file import replace_file
from motcua.domain.documents.commands.replace_template import replace_template, sync_templates
from motcua.domain.documents.commands.reprint_paper import reprint_paper
from motcua.domain.documents.commands.reuse import reuse
from motcua.domain.documents.commands.settle_paper import settle_paper
from motcua.domain.documents.commands.void_paper import void_paper

__all__ = [
    "attach",
    "detach",
    "draft_result",
    "hand_over_paper",
    "issue_paper",
    "issue_result",
    "meet_by_data",
    "number_result",
    "register_type",
    "replace_file",
    "replace_template",
    "reprint_paper",
    "reuse",
    "settle_paper",
    "sync_templates",
    "void_paper",
]
