"""The parts of the file, each behind a link: what was declared, components, papers, money, history, process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from motcua.channels.desk import casework_story
from motcua.channels.desk.casework_case import Case
from motcua.domain.documents import queries as documents
from motcua.domain.documents.types import ChecklistItem, Form, ItemState, Paper, PaperState, Use
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.payments import queries as payments
from motcua.domain.payments.types import Account
from motcua.domain.signing import queries as signing
from motcua.domain.workflow import drawing
from motcua.domain.workflow import queries as runs
from motcua.foundation.storage import queries as storage
from motcua.foundation.storage.types import StoredFile


@dataclass(frozen=True, slots=True)
class Tab:
    """One part: its name in the address, its words, its template, what it shows."""

    key: str
    words: Any
    content: Callable[[Case], Mapping[str, Any]]

    @property
    def template(self) -> str:
        return f"desk/casework/tab_{self.key.replace('-', '_')}.html"


def chosen(key: str) -> Tab:
    """Return the part of that name, the first for any other."""
    return next((tab for tab in TABS if tab.key == key), TABS[0])


def links(case: Case, current: Tab) -> list[dict[str, Any]]:
    """Return the parts as links with how much is in them."""
    counts = {
        "thanh-phan": len(documents.uses_of(case.id)),
        "giay-to": len(documents.papers_of(case.id)),
    }
    return [
        {"words": str(tab.words), "url": f"?tab={tab.key}", "current": tab is current, "count": counts.get(tab.key, 0)}
        for tab in TABS
    ]


def _form(case: Case) -> Mapping[str, Any]:
    sections = dossiers.declared(case.id, actor=case.actor, on=case.on)
    uses = [use for use in documents.uses_of(case.id) if use.file_id]
    choices = [{"words": use.name, "file_id": use.file_id} for use in uses]
    return {"sections": sections, "choices": choices, "preview": _preview(case, [use.file_id for use in uses])}


def _components(case: Case) -> Mapping[str, Any]:
    items = dossiers.checklist(case.id, actor=case.actor, on=case.on)
    files = storage.files(use.file_id for item in items for use in item.uses if use.file_id)
    shown = _preview(case, list(files))
    return {"items": [_item(item, files) for item in items], "preview": shown}


def _item(item: ChecklistItem, files: Mapping[UUID, StoredFile]) -> dict[str, Any]:
    """A component as the checklist draws it: what was given, in which form, from where, what is lacking."""
    signs = {ItemState.GIVEN: "met", ItemState.MISSING: "missing", ItemState.OPTIONAL: "optional"}
    given = [use for use in item.uses if use.file_id is None]
    notes = [*map(str, item.lacking), *(_given(use) for use in given)]
    return {
        "state": signs.get(item.state, "unneeded"),
        "name": item.component.name,
        "note": "; ".join(notes),
        "files": [_file(files[use.file_id]) for use in item.uses if use.file_id and use.file_id in files],
    }


def _file(file: StoredFile) -> dict[str, Any]:
    return {"name": file.name, "size": file.size, "url": f"?tab=thanh-phan&xem={file.id}"}


def _given(use: Use) -> str:
    forms = {Form.ORIGINAL: _("bản chính"), Form.CERTIFIED: _("bản chứng thực"), Form.PHOTOCOPY: _("bản chụp")}
    if use.form in forms:
        return _("%(count)s %(form)s bằng giấy") % {"count": use.quantity, "form": forms[use.form]}
    return use.source


def _papers(case: Case) -> Mapping[str, Any]:
    papers = documents.papers_of(case.id)
    made = {one.file_id: one for one in signing.signatures_of(case.id)}
    rows = [_paper(case, paper, is_signed=paper.file_id in made) for paper in reversed(papers)]
    return {"papers": rows, "preview": _preview(case, [paper.file_id for paper in reversed(papers)])}


def _paper(case: Case, paper: Paper, *, is_signed: bool) -> dict[str, Any]:
    words = {PaperState.DRAFT: _("Dự thảo"), PaperState.ISSUED: _("Đã phát hành"), PaperState.VOID: _("Đã hủy")}
    tones = {PaperState.DRAFT: "wait", PaperState.ISSUED: "good", PaperState.VOID: "plain"}
    return {
        "paper": paper,
        "state": words[paper.state],
        "tone": tones[paper.state],
        "is_signed": is_signed,
        "url": f"?tab=giay-to&xem={paper.file_id}",
        "print_url": reverse("desk:reprint", args=[case.id, paper.id]) if paper.state is PaperState.ISSUED else "",
    }


def _money(case: Case) -> Mapping[str, Any]:
    account = payments.account_of(case.id)
    can = dossiers.verbs(case.id, actor=case.actor, on=case.on)
    taking = reverse("desk:on-dossier", args=[case.id, "thu-tien"]) if "take_money" in can and account.owed else ""
    return {"account": account, "dues": _dues(account), "take_url": taking, "may_print": "take_money" in can}


def _dues(account: Account) -> list[dict[str, Any]]:
    notes = {True: _("Đã bỏ"), False: ""}
    return [
        {"name": due.name, "amount": due.amount, "note": notes[due.is_dropped] or due.ground, "paid": not due.owed}
        for due in account.dues
    ]


def _story(case: Case) -> Mapping[str, Any]:
    everything = "day-du" in case.request.GET
    events = dossiers.story(case.id, actor=case.actor, on=case.on)
    entries = [
        {"title": one.title, "at": one.at, "actor": one.actor, "text": one.text, "links": _links(one.paper_id)}
        for one in casework_story.entries(events, everything=everything)
    ]
    return {"entries": entries, "everything": everything}


def _links(paper_id: str) -> list[dict[str, str]]:
    if not paper_id:
        return []
    paper = documents.paper(UUID(paper_id))
    words = " ".join(part for part in (paper.title, paper.number) if part)
    return [{"url": f"?tab=giay-to&xem={paper.file_id}", "words": words}]


def _process(case: Case) -> Mapping[str, Any]:
    stands = runs.standing(case.id)
    drawn = Markup(drawing.svg(stands.graph, stands.active, stands.done)) if stands else ""  # noqa: S704 - our own drawing, its texts escaped
    return {"drawing": drawn, "steps": runs.trace(case.id), "run": runs.run_of(case.id)}


def _preview(case: Case, mine: list[UUID | None]) -> StoredFile | None:
    """The file asked for, if it is one of these; else the first of them."""
    wanted = case.request.GET.get("xem", "")
    ids = [file_id for file_id in mine if file_id]
    found = next((file_id for file_id in ids if str(file_id) == wanted), ids[0] if ids else None)
    return storage.file(found) if found else None


TABS = (
    Tab("to-khai", gettext_lazy("Tờ khai"), _form),
    Tab("thanh-phan", gettext_lazy("Thành phần"), _components),
    Tab("giay-to", gettext_lazy("Giấy tờ đã in"), _papers),
    Tab("tien", gettext_lazy("Tiền"), _money),
    Tab("dien-bien", gettext_lazy("Diễn biến"), _story),
    Tab("quy-trinh", gettext_lazy("Quy trình"), _process),
)
