"""What was declared, beside what is known: the form of a dossier as officers compare it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from motcua.domain.catalog import queries as catalog
from motcua.domain.dossiers import access
from motcua.domain.dossiers.knowing import known_for
from motcua.domain.forms import queries as answers_of
from motcua.domain.forms.knowing import Comparison, comparisons
from motcua.domain.forms.types import Form
from motcua.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Answered:
    """The form with its answers; ``sources`` says by path what nobody typed, ``compared`` what databases say."""

    form: Form
    values: Mapping[str, Any]
    sources: Mapping[str, str]
    version: int
    is_frozen: bool
    compared: tuple[Comparison, ...]


def answered(dossier_id: UUID, *, actor: Actor, on: date) -> Answered:
    """Return the answers with their form, for pages that show or change them. Raises Missing."""
    found = access.find(dossier_id, actor=actor, on=on)
    form, answers = catalog.edition(found.edition_id).form, answers_of.answers(found.id)
    known = known_for(found.owner_id, found.submitter_id)
    return Answered(
        form=form,
        values=answers.values,
        sources=answers.sources,
        version=answers.version,
        is_frozen=answers.frozen_at is not None,
        compared=comparisons(form, answers.values, known),
    )
