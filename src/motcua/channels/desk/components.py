"""The components of a dossier as the desk's pages draw them: what was given, what is lacking, what is there already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.domain.documents import queries as documents
from motcua.domain.documents.types import ChecklistItem, Component, Form, ItemState, Use, UseKind
from motcua.foundation.storage.types import EXTENSIONS, Limits

STATES = {
    ItemState.GIVEN: "met",
    ItemState.MET_BY_DATA: "unneeded",
    ItemState.MISSING: "missing",
    ItemState.OPTIONAL: "optional",
}
PAPER_FORMS = (Form.ORIGINAL, Form.CERTIFIED, Form.PHOTOCOPY)


@dataclass(frozen=True, slots=True)
class Line:
    """A component on a page. ``counts``: papers by form that came so far; ``reusable``: the owner's fitting documents."""

    component: Component
    state: str
    asked: str
    note: str
    files: tuple[Use, ...]
    counts: tuple[tuple[str, str, int], ...]
    lacking: tuple[str, ...]
    reusable: tuple[Use, ...]
    accepts_files: bool
    endings: tuple[str, ...]


def lines_of(items: Iterable[ChecklistItem], owner_id: UUID) -> list[Line]:
    """Return the lines of a checklist, with what the owner gave in other dossiers."""
    known = documents.documents_of(owner_id)
    return [_line(item, known) for item in items]


def limits_of(component: Component) -> Limits:
    """Return what a file for the component may be."""
    if component.media_types:
        return Limits(component.max_bytes, frozenset(component.media_types))
    return Limits(component.max_bytes)


def _line(item: ChecklistItem, known: Iterable[Use]) -> Line:
    component, limits = item.component, limits_of(item.component)
    used = {use.document_id for use in item.uses}
    fitting = [use for use in known if use.type_code == component.type_code and use.document_id not in used]
    counts = {form: sum(u.quantity for u in item.uses if u.kind is UseKind.PAPER and u.form is form) for form in Form}
    words = form_words()
    return Line(
        component=component,
        state=STATES[item.state],
        asked=_asked(component),
        note=_note(item),
        files=tuple(use for use in item.uses if use.file_id),
        counts=tuple((form.value, words[form], counts[form]) for form in PAPER_FORMS if form in component.accepts),
        lacking=tuple(str(sentence) for sentence in item.lacking),
        reusable=tuple(fitting) if not item.uses else (),
        accepts_files=Form.ELECTRONIC in component.accepts,
        endings=tuple(f".{ending}" for kind in sorted(limits.media_types) for ending in EXTENSIONS[kind]),
    )


def form_words() -> dict[Form, str]:
    """Return what the forms of a paper are called."""
    return {
        Form.ELECTRONIC: _("Bản điện tử"),
        Form.ORIGINAL: _("Bản chính"),
        Form.CERTIFIED: _("Bản sao chứng thực"),
        Form.PHOTOCOPY: _("Bản chụp"),
    }


def _asked(component: Component) -> str:
    parts = []
    if component.original:
        parts.append(
            ngettext("%(count)s bản chính", "%(count)s bản chính", component.original) % {"count": component.original}
        )
    if component.copies:
        parts.append(ngettext("%(count)s bản sao", "%(count)s bản sao", component.copies) % {"count": component.copies})
    return ", ".join(parts)


def _note(item: ChecklistItem) -> str:
    by_data = next((use for use in item.uses if use.kind is UseKind.DATA), None)
    if by_data is not None:
        return _("đã có dữ liệu trong %(source)s – không cần nộp") % {"source": by_data.source}
    reused = next((use for use in item.uses if use.kind is UseKind.REUSED), None)
    if reused is not None:
        return _("dùng lại giấy tờ đã có: %(source)s – không cần nộp") % {"source": reused.source}
    return item.component.condition_text
