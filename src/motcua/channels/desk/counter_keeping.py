"""Keeping what is typed at the counter: answers, papers counted, files scanned. What can be kept is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from motcua.channels.desk.casework_case import Case
from motcua.channels.desk.components import PAPER_FORMS, limits_of
from motcua.channels.ui.signin.forms import uuid_of
from motcua.domain.documents.types import Component
from motcua.domain.dossiers import commands
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.forms import parsing
from motcua.domain.statuses.types import State
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.storage import commands as storage


@dataclass(frozen=True, slots=True)
class Kept:
    """What could not be kept, with the post as it was typed; ``redraw``: more or fewer entries were asked for."""

    problems: tuple[FieldProblem, ...] = ()
    typed: QueryDict | None = None
    added: dict[str, int] = field(default_factory=dict)
    redraw: bool = False


def keep(case: Case, request: HttpRequest, *, files: bool = True) -> Kept:
    """Keep everything of the post that can be read. Raises Stale, WrongState, Missing."""
    post = request.POST
    problems = list(_answers(case, post)) if case.dossier.state is not State.SUPPLEMENT_ASKED else []
    components = [item.component for item in dossiers.checklist(case.id, actor=case.actor, on=case.on)]
    problems += _papers(case, components, post)
    if files:
        problems += _files(case, components, request)
        if use := post.get("bo"):
            commands.detach_file(dossier_id=case.id, use_id=uuid_of(use), actor=case.actor, at=case.at)
    added = {post["add"]: 1} if post.get("add") else {}
    return Kept(tuple(problems), post if problems else None, added, redraw=bool(added))


def _answers(case: Case, post: QueryDict) -> Iterator[FieldProblem]:
    answered = dossiers.answered(case.id, actor=case.actor, on=case.on)
    typed = {name: post.getlist(name) for name in post}
    if removed := post.get("remove"):
        typed = {name: texts for name, texts in typed.items() if not name.startswith(f"{removed}-")}
    values: dict[str, Any] = {}
    for page in answered.form.pages:
        read, problems = parsing.from_post(answered.form, page.key, typed)
        values |= read
        yield from problems
    version = post.get("version", "")
    if values:
        try:
            commands.save_answers(
                dossier_id=case.id,
                changes=values,
                expected=int(version) if version.isdigit() else None,
                actor=case.actor,
                at=case.at,
            )
        except Invalid as wrong:
            yield from wrong.problems


def _papers(case: Case, components: list[Component], post: QueryDict) -> Iterator[FieldProblem]:
    """Papers handed over: ``giay-<component>-<form>`` says how many."""
    for component in components:
        for form in PAPER_FORMS:
            text = post.get(f"giay-{component.key}-{form}")
            if text is None:
                continue
            text = text.strip() or "0"
            if not (text.isascii() and text.isdigit() and len(text) < 4):
                yield FieldProblem(f"component:{component.key}", _("Số bản là một số từ 0 đến 999."))
                continue
            commands.state_paper(
                dossier_id=case.id,
                component_key=component.key,
                form=form,
                quantity=int(text),
                actor=case.actor,
                at=case.at,
            )


def _files(case: Case, components: list[Component], request: HttpRequest) -> Iterator[FieldProblem]:
    for component in components:
        for file in request.FILES.getlist(f"tep-{component.key}"):
            try:
                stored = storage.receive(
                    chunks=file.chunks(),
                    name=file.name or "",
                    limits=limits_of(component),
                    actor=case.actor,
                    at=case.at,
                )
                commands.attach_file(
                    dossier_id=case.id, component_key=component.key, file_id=stored.id, actor=case.actor, at=case.at
                )
            except Invalid as wrong:
                yield from (FieldProblem(f"component:{component.key}", one.sentence) for one in wrong.problems)
