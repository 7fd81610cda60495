"""Reads: which status shows, in whose words; whether a change is allowed; what is wrong with a catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.domain.statuses import checks, models, shelf
from motcua.domain.statuses import information as information_line
from motcua.domain.statuses.catalogue import LANGUAGE, Catalogue
from motcua.domain.statuses.types import CatalogueInfo, Flow, LegalStatus, Move, State, StepKind
from motcua.foundation.kernel.errors import Missing


def current_catalogue() -> Catalogue:
    """The catalogue in force. Lists take it once and hand it to `status_for`. Raises Missing."""
    return shelf.load(_latest().id)


def current_version() -> CatalogueInfo:
    """Which version is in force, and since when. Raises Missing."""
    row = _latest()
    return CatalogueInfo(row.id, row.version, row.name, row.published_at)


def status_for(
    state: State,
    step_kind: StepKind | None = None,
    catalogue: Catalogue | None = None,
    *,
    position: str = "",
    language: str | None = None,
) -> LegalStatus:
    """The status that shows in a state, at a kind of step, held by a position (most specific rule first).

    language: default the active one; messages to other systems ask for "vi". A submitted dossier is "Mới đăng
    ký"; standing in the queue (step kind `receive`) it is "Đang chờ tiếp nhận".
    """
    found = catalogue or current_catalogue()
    return found.legal(found.code_for(state, step_kind, position), language or _language())


def status_for_steps(
    state: State,
    steps: Iterable[tuple[StepKind, str]],
    catalogue: Catalogue | None = None,
    *,
    language: str | None = None,
) -> LegalStatus:
    """With several active steps (kind, position): the status of the highest rank."""
    found = catalogue or current_catalogue()
    return found.legal(found.highest(state, steps), language or _language())


def information(status: LegalStatus, values: Mapping[str, str], handlers: Sequence[Mapping[str, str]] = ()) -> str:
    """The line beside a status; pieces whose values are missing stay away, all active handlers are named.

    values: texts by the names of `information.KNOWN` (dates already worded). handlers: position, department,
    handler of each active step.
    """
    return information_line.line(status.shows, values, handlers)


def is_allowed(source: str, target: str, catalogue: Catalogue | None = None) -> bool:
    """Whether the diagram lets the status `target` follow `source` (codes)."""
    return (catalogue or current_catalogue()).allows(source, target)


def contradictions(catalogue: Catalogue, moves: Iterable[Move], flows: Iterable[Flow] = ()) -> list[str]:
    """Sentences for everything that forbids publishing: inside the catalogue, or against moves and flows."""
    return checks.problems(catalogue) or checks.contradictions(catalogue, moves, flows)


def _latest() -> models.StatusCatalogue:
    row = models.StatusCatalogue.objects.order_by("-version").first()
    if row is None:
        raise Missing(_("Chưa có danh mục trạng thái. Hãy nhờ quản trị viên công bố danh mục."))
    return row


def _language() -> str:
    return (get_language() or LANGUAGE).split("-")[0]
