"""What was declared, as people read it, each answer beside what is known and where it came from (TT 11/2025 15.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from motcua.domain.catalog import queries as catalog
from motcua.domain.dossiers.knowing import known_for
from motcua.domain.dossiers.models import Dossier
from motcua.domain.forms import queries as answers_of
from motcua.domain.forms.knowing import Comparison, comparisons
from motcua.domain.forms.looking import Shown, look
from motcua.domain.forms.printing import shown
from motcua.domain.forms.types import COMPOSITES, AnswerSet, Form, Kind


@dataclass(frozen=True, slots=True)
class DeclaredRow:
    """One answer. ``source`` is where it came from or what knows it; ``known`` what that says, if it says otherwise."""

    path: str
    label: str
    value: str
    source: str = ""
    known: str = ""
    differs: bool = False


@dataclass(frozen=True, slots=True)
class DeclaredSection:
    """A section of the form with its questions."""

    title: str
    rows: tuple[DeclaredRow, ...]

    @property
    def differences(self) -> int:
        """How many answers differ from what is known."""
        return sum(row.differs for row in self.rows)


def sections_of(dossier: Dossier) -> tuple[DeclaredSection, ...]:
    """Return the dossier's form as it was answered; none before anything was. The caller checked the rights."""
    answered = answers_of.answers_or_none(dossier.id)
    if answered is None:
        return ()
    form = catalog.edition(dossier.edition_id).form
    known = known_for(dossier.owner_id, dossier.submitter_id)
    compared = {one.path: one for one in comparisons(form, answered.values, known)}
    view, units = look(form, answered.values), _units(form)
    pages = {page.key for page in view.pages}
    found = []
    for section in form.sections:
        shown_here = [one for page in section.pages if page.key in pages for one in view.on(page.key)]
        rows = [row for one in shown_here for row in _rows(one, answered, compared, units)]
        found.append(DeclaredSection(section.title, tuple(rows)))
    return tuple(section for section in found if section.rows)


def _units(form: Form) -> dict[str, str]:
    return {group.key: group.repeat.item for group in form.repeats() if group.repeat}


def _rows(
    one: Shown, answered: AnswerSet, compared: Mapping[str, Comparison], units: Mapping[str, str]
) -> Iterator[DeclaredRow]:
    """A composite is a row per answered part, named after the question; an address stays one line."""
    asked = one.field
    if asked.kind is Kind.INFORMATION:
        return
    before = f"{units.get(one.group, '')} {one.index + 1}: " if one.index is not None else ""
    if asked.kind not in COMPOSITES or asked.kind is Kind.ADDRESS:
        yield _row(one, before + asked.label, answered, compared)
        return
    for part in one.parts:
        if part.value not in (None, ""):
            yield _row(part, f"{before}{asked.label.rstrip('?')} – {part.field.label}", answered, compared)


def _row(one: Shown, label: str, answered: AnswerSet, compared: Mapping[str, Comparison]) -> DeclaredRow:
    value, known = shown(one.field, one.value), compared.get(one.path)
    if known is not None and not known.same:
        return DeclaredRow(one.path, label, value, known.source, known.known, differs=True)
    source = answered.sources.get(one.path, "") or (known.source if known else "")
    return DeclaredRow(one.path, label, value, source)
