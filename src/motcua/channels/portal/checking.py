"""A draft as the task list and the review show it: parts, answers, what is missing, what it costs, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import Due, Edition
from motcua.domain.deadlines import queries as deadlines
from motcua.domain.dossiers.types import DossierView
from motcua.domain.forms import queries as forms
from motcua.domain.forms.looking import Shown, View, look
from motcua.domain.forms.printing import shown
from motcua.domain.forms.types import Kind, Section
from motcua.domain.forms.validation import check
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing

Line: TypeAlias = dict[str, str]  # label, value, source, change_url: as the summary component reads them
SPLIT = frozenset({Kind.PERSON, Kind.LAND_PARCEL})


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the form in the task list."""

    title: str
    url: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What happens next: the case, the limit, the dates, the money."""

    case: str
    limit: str
    answer_by: datetime
    result_by: datetime
    dues: tuple[Due, ...]

    @property
    def total(self) -> int:
        return sum(due.amount for due in self.dues)


class Draft:
    """A draft with its form, in the language of the page."""

    def __init__(self, dossier: DossierView, on: date) -> None:
        self.dossier, self.on = dossier, on
        self.edition: Edition = catalog.edition(dossier.edition_id).in_language((get_language() or "vi")[:2])
        self.answers = forms.answers(dossier.id)
        self.view: View = look(self.edition.form, self.answers.values)
        self.problems = check(self.edition.form, self.answers.values, on=on)

    def parts(self) -> Iterator[Part]:
        """Yield the sections a person sees; the link leads to the first page that still wants something."""
        seen = {page.key for page in self.view.pages}
        for section in self.edition.form.sections:
            pages = [page.key for page in section.pages if page.key in seen]
            if pages:
                lacking = [key for key in pages if self.problems_on(key)]
                yield Part(section.title, self.page_url((lacking or pages)[0]), not lacking)

    def problems_on(self, page: str) -> tuple[FieldProblem, ...]:
        """Return what is wrong on a page."""
        return check(self.edition.form, self.answers.values, page=page, on=self.on)

    def sections(self) -> Iterator[tuple[str, list[Line]]]:
        """Yield every section with its answers, each with its "Sửa"."""
        for section in self.edition.form.sections:
            lines = list(self._lines(section))
            if lines:
                yield section.title, lines

    def place_of(self, problem: FieldProblem) -> str:
        """Return the address where a problem is mended."""
        if problem.field.startswith("component:"):
            key = problem.field.removeprefix("component:")
            return f"{reverse('portal:components', args=[self.dossier.id])}#co-{key}"
        for one in self.view.shown:
            if problem.field in (one.path, one.group, *(part.path for part in one.parts)):
                return f"{self.page_url(one.page, back=True)}#{problem.field}"
        return reverse("portal:dossier", args=[self.dossier.id])

    def page_url(self, page: str, *, back: bool = False) -> str:
        """Return a form page's address; ``back``: from there straight back to the review."""
        address = reverse("portal:fill", args=[self.dossier.id, page])
        return f"{address}?ve=xem-lai" if back else address

    def offer(self, at: datetime) -> Offer | None:
        """Return what follows if it were handed in now; None while the answers do not tell."""
        values = self.answers.values
        try:
            case = self.edition.case_for(values)
            dues = self.edition.dues_for(case.key, self.dossier.channel, values)
            limit = self.edition.limit_for(case.key, self.dossier.channel)
        except (Invalid, Missing):
            return None
        answer_by = deadlines.promise([self.edition.content.reception_limit], self.dossier.desk_agency_id, at)
        result_by = deadlines.promise([limit.rule], self._competent(), answer_by)
        name = case.name if len(self.edition.content.cases) > 1 else ""
        return Offer(name, deadlines.limit_words(limit.rule), answer_by, result_by, dues)

    def _competent(self) -> UUID:
        return self.dossier.competent_agency_id

    def _lines(self, section: Section) -> Iterator[Line]:
        pages = {page.key for page in section.pages}
        for one in self.view.shown:
            if one.page in pages and one.field.kind is not Kind.INFORMATION:
                yield from self._line(one)

    def _line(self, one: Shown) -> Iterator[Line]:
        before = (
            _("%(item)s %(number)s: ") % {"item": self._item(one), "number": one.index + 1}
            if one.index is not None
            else ""
        )
        for part in one.parts if one.field.kind in SPLIT else (one,):
            url = f"{self.page_url(one.page, back=True)}#{part.path}"
            value = shown(part.field, part.value)
            yield {"label": before + part.field.label, "value": value, "source": self._source(part), "change_url": url}

    def _source(self, one: Shown) -> str:
        sources: Mapping[str, Any] = self.answers.sources
        found = {sources[path] for path in (one.path, *(part.path for part in one.parts)) if path in sources}
        return ", ".join(sorted(found))

    def _item(self, one: Shown) -> str:
        return next((g.repeat.item for g in self.edition.form.repeats() if g.key == one.group and g.repeat), "")
