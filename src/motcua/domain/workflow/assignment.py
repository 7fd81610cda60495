"""Who gets a task: the first of the step's wishes that can be met, else the role, else the head; never nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from motcua.domain.workflow import models
from motcua.domain.workflow.graph import Step, Who
from motcua.domain.workflow.linter import NOBODYS
from motcua.domain.workflow.types import At
from motcua.foundation.organisation import queries as organisation
from motcua.foundation.organisation.types import HeldPosition, Role


@dataclass(frozen=True, slots=True)
class Assignment:
    """To whom a task goes: a role at a place, or an officer there. ``fell_back``: nobody held what was asked for."""

    role: str
    at: At | None
    officer_id: UUID | None = None
    position_id: UUID | None = None
    fell_back: bool = False


def assign(step: Step, node: str, run: models.Run, on: date, *, again: bool) -> Assignment:
    """Choose who does ``node`` now. ``again``: it came back to this step, so whoever did it does it again."""
    at = place_of(run, step.who.place)
    if step.kind in NOBODYS:
        return Assignment("", at)
    for officer_id, position_id in _wished(step.who, node, run, again=again):
        if held := _still_holds(officer_id, position_id, step.who.role, on):
            return Assignment(held.role, At(held.agency_id, held.department_id), held.officer_id, held.position_id)
    if step.who.position:
        position_id = UUID(step.who.position)
        for held in organisation.holders(position_id=position_id, on=on):
            return Assignment(held.role, At(held.agency_id, held.department_id), position_id=position_id)
    return offered(step.who.role, at, on)


def offered(role: str, at: At | None, on: date) -> Assignment:
    """Offer to the role at the place, else to who plays it over the whole agency (leader, clerk), else to the head."""
    if at is None:
        return Assignment(role, None)
    wide = At(at.agency_id)
    if role and _somebody(Role(role), at, on):
        return Assignment(role, at)
    if role and _somebody_over_all(Role(role), at, on):
        return Assignment(role, wide)
    if at.department_id and _somebody(Role.HEAD, at, on):
        return Assignment(Role.HEAD, at, fell_back=True)
    for head in (Role.HEAD, Role.DIRECTOR):
        if _somebody_over_all(head, at, on):
            return Assignment(head, wide, fell_back=True)
    return Assignment(Role.LEADER, wide, fell_back=True)


def _somebody(role: Role, at: At, on: date) -> bool:
    return bool(organisation.holders(role, at.agency_id, at.department_id, on=on))


def _somebody_over_all(role: Role, at: At, on: date) -> bool:
    """A position without a department stands over its whole agency."""
    return any(held.department_id is None for held in organisation.holders(role, at.agency_id, on=on))


def place_of(run: models.Run, name: str) -> At | None:
    """Return the agency (and department) behind a place's name, None when the step names none."""
    found = run.places.get(name)
    if not found:
        return None
    agency_id, department_id = found
    return At(UUID(agency_id), UUID(department_id) if department_id else None)


def _wished(who: Who, node: str, run: models.Run, *, again: bool) -> Iterator[tuple[UUID, UUID | None]]:
    """Officers the step asks for by name or by what they did, best first, with the position they did it in."""
    done = run.tasks.filter(closed_at__isnull=False, asked_by__isnull=True).order_by("-number")
    by_hand = done.filter(closed_by_id__isnull=False)
    doers = [by_hand.filter(node=node)] if again else []
    if who.same_as:
        doers.append(by_hand.filter(node=who.same_as))
    if who.chosen_in and not again:
        chosen = done.filter(node=who.chosen_in, chosen_officer_id__isnull=False).first()
        if chosen and chosen.chosen_officer_id:
            yield chosen.chosen_officer_id, chosen.chosen_position_id
    if who.previous:
        doers.append(by_hand)
    for rows in doers:
        if (last := rows.first()) and last.closed_by_id:
            yield last.closed_by_id, last.closed_by_position_id
    if who.person:
        yield UUID(who.person), None


def _still_holds(officer_id: UUID, position_id: UUID | None, role: str, on: date) -> HeldPosition | None:
    """The position to act in: the same as before, else one with the role; None when the person holds none now."""
    held = organisation.positions_of(officer_id, on)
    same = [one for one in held if one.position_id == position_id]
    fitting = [one for one in held if one.role == role]
    return next(iter(same or fitting or ([] if role else held)), None)
