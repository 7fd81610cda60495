"""Reading the catalogue: procedures, editions, grounds, search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.domain.catalog import models, national
from motcua.domain.catalog.types import (
    AgencyLevel,
    Edition,
    EditionContent,
    EditionId,
    EditionRow,
    Ground,
    LegalGround,
    Named,
    Procedure,
    ServiceLevel,
    SubjectKind,
)
from motcua.domain.forms import queries as forms
from motcua.foundation.kernel import shapes
from motcua.foundation.kernel.errors import Missing
from motcua.foundation.kernel.text import search_key

MOST_FOUND = 200


def edition(edition_id: EditionId) -> Edition:
    """Return a published edition with its form. Raises Missing."""
    row = models.Edition.objects.select_related("procedure__field").filter(id=edition_id).first()
    if row is None:
        raise Missing(_("Không có phiên bản thủ tục này."))
    return _edition(row)


def current_edition(procedure_code: str, on: date) -> Edition:
    """Return the edition in force on that day: the newest of those already valid. Raises Missing."""
    row = (
        models.Edition.objects.select_related("procedure__field")
        .filter(procedure__code=procedure_code, procedure__is_active=True, valid_from__lte=on)
        .order_by("-valid_from", "-number")
        .first()
    )
    if row is None:
        raise Missing(_("Thủ tục này chưa được công bố hoặc đã ngừng thực hiện."))
    return _edition(row)


def editions_of(procedure_code: str) -> list[EditionRow]:
    """Return every edition of a procedure, the newest first."""
    rows = models.Edition.objects.filter(procedure__code=procedure_code).order_by("-number")
    return [EditionRow(row.id, procedure_code, row.number, row.valid_from, row.published_at) for row in rows]


def procedure(code: str) -> Procedure:
    """Return a procedure. Raises Missing."""
    row = models.Procedure.objects.select_related("field").filter(code=code).first()
    if row is None:
        raise Missing(_("Không có thủ tục này."))
    return _procedure(row)


def procedure_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of these procedures, active or not: for lists."""
    return dict(models.Procedure.objects.filter(code__in=set(codes)).values_list("code", "name"))


def search(
    text: str = "",
    *,
    agency_id: UUID | None = None,
    field: str | None = None,
    subject: SubjectKind | str | None = None,
    level: ServiceLevel | str | None = None,
    topic: str | None = None,
    limit: int = MOST_FOUND,
) -> list[Procedure]:
    """Return the active procedures that have an edition and fit every criterion given (TT 21/2023 PL1-13).

    ``text`` is looked for word by word, without marks, in code and name; when no procedure has all the words, those
    that have most of them as whole words are returned. ``field`` and ``topic`` are codes. Names that begin with the text come first.
    """
    found = models.Procedure.objects.select_related("field").filter(is_active=True).exclude(level="")
    if agency_id is not None:
        found = found.filter(agency_ids__contains=[agency_id])
    if field:
        found = found.filter(field__code=field)
    if subject:
        found = found.filter(subjects__contains=[str(subject)])
    if level:
        found = found.filter(level=str(level))
    if topic:
        found = found.filter(topics__contains=[topic])
    wanted = search_key(text)
    rows = _by_words(found, wanted.split()) if wanted else list(found.order_by("sort_key"))
    rows.sort(
        key=lambda row: (wanted not in row.code, not row.search_key.startswith(wanted), wanted not in row.search_key)
    )
    return [_procedure(row) for row in rows[:limit]]


def national_record(found: Edition) -> dict[str, Any]:
    """Return the edition as the national catalogue of procedures writes it, with time and fee per channel."""
    return national.record(found)


def fields(*, subjects: Iterable[SubjectKind] = ()) -> list[Named]:
    """Return the fields in which there is something to search (for any of the subjects), in alphabetical order."""
    rows = models.Field.objects.filter(procedures__in=_searchable(subjects)).distinct().order_by("sort_key")
    return [Named(row.id, row.code, row.name) for row in rows]


def providers() -> set[UUID]:
    """Return the agencies that provide something that can be searched."""
    offered = _searchable(()).values_list("agency_ids", flat=True)
    return {agency_id for ids in offered for agency_id in ids}


def topics() -> list[Named]:
    """Return the topics in alphabetical order."""
    return [Named(row.id, row.code, row.name) for row in models.Topic.objects.order_by("sort_key")]


def levels() -> list[ServiceLevel]:
    """Return the levels that some active procedure has."""
    rows = models.Procedure.objects.filter(is_active=True).exclude(level="").values_list("level", flat=True)
    present = set(rows.distinct())
    return [level for level in ServiceLevel if level in present]


def grounds_of(found: Edition, on: date) -> list[LegalGround]:
    """Return the grounds of an edition that hold on that day, as pages list and papers print them. On a dossier the
    day is that of reception; a lapsed act is left out, it cannot be printed.
    """
    stated = grounds(found.content.grounds, on)
    return [stated[named] for named in found.content.grounds if named in stated and _holds(stated[named], on)]


def grounds(named: Iterable[Ground], on: date) -> dict[Ground, LegalGround]:
    """Return the legal grounds by name; of several validities the one that holds on that day, else the newest."""
    wanted = list(named)
    match = Q(pk__in=[])
    for ground in wanted:
        match |= Q(act=ground.act, article=ground.article)
    found: dict[Ground, LegalGround] = {}
    for row in models.LegalGround.objects.filter(match).order_by("valid_from"):
        ground = Ground(row.act, row.article)
        before = found.get(ground)
        if before is None or not _holds(before, on):
            found[ground] = _ground(row)
    return found


def all_grounds() -> list[LegalGround]:
    """Return every ground, acts in order."""
    return [_ground(row) for row in models.LegalGround.objects.order_by("act", "article", "valid_from")]


def _searchable(subjects: Iterable[SubjectKind]) -> QuerySet[models.Procedure]:
    found = models.Procedure.objects.filter(is_active=True).exclude(level="")
    wanted = [str(subject) for subject in subjects]
    return found.filter(subjects__overlap=wanted) if wanted else found


def _by_words(found: QuerySet[models.Procedure], words: list[str]) -> list[models.Procedure]:
    every, some = found, Q(pk__in=[])
    for word in words:
        here = Q(search_key__contains=word) | Q(code__contains=word)
        every, some = every.filter(here), some | here
    rows = list(every.order_by("sort_key"))
    if rows or len(words) == 1:
        return rows
    scored = [(_whole_words(row, words), row) for row in found.filter(some).order_by("sort_key")]
    best = max((score for score, _row in scored), default=0)
    return [row for score, row in scored if score == best and 2 * score > len(words)]


def _whole_words(row: models.Procedure, words: list[str]) -> int:
    here = set(row.search_key.split())
    return sum(word in here for word in words)


@lru_cache(maxsize=512)
def _content(edition_id: EditionId) -> EditionContent:
    """Content never changes, so it is read once per process."""
    return shapes.from_json(EditionContent, models.Edition.objects.get(id=edition_id).content)


def _edition(row: models.Edition) -> Edition:
    return Edition(
        id=row.id,
        number=row.number,
        procedure=_procedure(row.procedure),
        content=_content(row.id),
        form=forms.form(row.form_version_id),
        form_version_id=row.form_version_id,
        process_version_id=row.process_version_id,
        published_at=row.published_at,
        digest=row.digest,
    )


def _procedure(row: models.Procedure) -> Procedure:
    return Procedure(
        id=row.id,
        code=row.code,
        name=row.name,
        field=Named(row.field.id, row.field.code, row.field.name),
        agency_level=AgencyLevel(row.agency_level),
        subjects=frozenset(SubjectKind(subject) for subject in row.subjects),
        agency_ids=frozenset(row.agency_ids),
        level=ServiceLevel(row.level) if row.level else None,
        is_active=row.is_active,
    )


def _ground(row: models.LegalGround) -> LegalGround:
    return LegalGround(
        id=row.id,
        act=row.act,
        act_name=row.act_name,
        article=row.article,
        text=row.text,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        is_checked=row.is_checked,
    )


def _holds(ground: LegalGround, on: date) -> bool:
    return (ground.valid_from is None or ground.valid_from <= on) and (ground.valid_to is None or on <= ground.valid_to)
