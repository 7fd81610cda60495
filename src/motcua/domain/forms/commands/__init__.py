"""The verbs of forms."""

from motcua.domain.forms.commands.freeze_answers import freeze_answers, reopen_answers
from motcua.domain.forms.commands.publish_form import publish_form
from motcua.domain.forms.commands.save_answers import save_answers

__all__ = ["freeze_answers", "publish_form", "reopen_answers", "save_answers"]
