"""Catalogues written to their tables and taken from them; a version never changes, so it is kept."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from motcua.domain.statuses import models
from motcua.domain.statuses.catalogue import Catalogue
from motcua.domain.statuses.types import Arrow, Rule, Stage, State, Status, StepKind, Words


def write(row: models.StatusCatalogue, catalogue: Catalogue) -> None:
    """Write what a version holds; the row of the version exists."""
    statuses = {
        status.code: models.LegalStatus(
            catalogue=row,
            code=status.code,
            stage=status.stage,
            portal_code=status.portal_code,
            rank=status.rank,
            words={language: _plain(words) for language, words in status.words.items()},
        )
        for status in catalogue.statuses
    }
    models.LegalStatus.objects.bulk_create(statuses.values())
    models.Mapping.objects.bulk_create(
        models.Mapping(
            catalogue=row,
            state=rule.state,
            step_kind=rule.step_kind or "",
            position=rule.position,
            status=statuses[rule.status],
        )
        for rule in catalogue.rules
    )
    models.Arrow.objects.bulk_create(
        models.Arrow(catalogue=row, source=statuses[arrow.source], target=statuses[arrow.target])
        for arrow in catalogue.arrows
    )


@lru_cache(maxsize=16)
def load(catalogue_id: UUID) -> Catalogue:
    """A published version as a value."""
    row = models.StatusCatalogue.objects.get(id=catalogue_id)
    codes = {each.id: each for each in row.statuses.order_by("rank", "code")}
    return Catalogue(
        name=row.name,
        statuses=tuple(
            Status(
                each.code,
                Stage(each.stage),
                each.portal_code,
                each.rank,
                {language: _words(plain) for language, plain in each.words.items()},
            )
            for each in codes.values()
        ),
        rules=tuple(
            Rule(
                State(each.state),
                codes[each.status_id].code,
                StepKind(each.step_kind) if each.step_kind else None,
                each.position,
            )
            for each in row.mappings.all()
        ),
        arrows=tuple(Arrow(codes[each.source_id].code, codes[each.target_id].code) for each in row.arrows.all()),
    )


def _plain(words: Words) -> dict[str, Any]:
    return {"officer": words.officer, "applicant": words.applicant, "shows": list(words.shows)}


def _words(plain: dict[str, Any]) -> Words:
    return Words(plain["officer"], plain["applicant"], tuple(plain["shows"]))
