"""Publish a catalogue of legal statuses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from motcua.domain.statuses import models, queries, shelf
from motcua.domain.statuses.catalogue import Catalogue
from motcua.domain.statuses.types import CatalogueInfo, Flow, Move
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid


@transaction.atomic
def publish_catalogue(
    *,
    catalogue: Catalogue,
    actor: Actor,
    at: datetime,
    moves: Iterable[Move],
    flows: Iterable[Flow] = (),
) -> CatalogueInfo:
    """Put a catalogue in force as the next version.

    moves: every move of the lifecycle; flows: those of every published process. A contradiction stops the
    publisher with a sentence (Invalid), never an officer at work.
    """
    found = queries.contradictions(catalogue, moves, flows)
    if found:
        raise Invalid(tuple(FieldProblem("catalogue", sentence) for sentence in found))
    last = models.StatusCatalogue.objects.order_by("-version").first()
    row = models.StatusCatalogue.objects.create(
        version=last.version + 1 if last else 1,
        name=catalogue.name,
        published_at=at,
        publisher_id=actor.officer_id,
    )
    shelf.write(row, catalogue)
    journal.record(
        kind="catalogue.published",
        subject=Subject("status_catalogue", row.id),
        actor=actor,
        at=at,
        data={"version": row.version, "name": row.name},
    )
    return CatalogueInfo(row.id, row.version, row.name, row.published_at)
