"""What the player stands on: moments of the last weeks, actors of the province, files that people hand in."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection

from motcua.domain.signing import worker as signing
from motcua.domain.workflow.types import Task
from motcua.foundation.identity import commands as identity
from motcua.foundation.identity.types import ClaimsProfile, SignedIn
from motcua.foundation.journal import relay
from motcua.foundation.kernel.actor import Actor, ActorKind, Channel, system
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.kernel.identifiers import new_id
from motcua.foundation.organisation import queries as organisation
from motcua.foundation.organisation.types import HeldPosition, Role
from motcua.foundation.storage import commands as storage
from motcua.foundation.storage.types import Limits
from motcua.foundation.typesetting import render
from motcua.sample.loading import Province
from motcua.sample.people import Citizen

PATIENCE = 90.0
SATURDAY = 5
PAPER = """#set page(paper: "a4", margin: 3cm)
#set text(font: "Tinos", size: 14pt)
#let data = json(bytes(sys.inputs.data))
#align(center, text(size: 18pt, weight: "bold", upper(data.name)))
#v(1cm)
Người nộp: #data.who \\
Giấy tờ này chỉ dùng để minh họa trong tỉnh mẫu, không có giá trị pháp lý.
"""
LIMITS = Limits(max_bytes=10_000_000, media_types=frozenset({"application/pdf"}))


class Stuck(Exception):
    """Something asked of another process did not happen in time."""


class Stage:
    """The province while it is played."""

    def __init__(self, province: Province) -> None:
        self.province = province
        self.signed_in: dict[str, SignedIn] = {}
        self.agencies = province.organisation.agencies

    def moment(self, days_ago: int, hour: int = 9, minute: int = 0) -> datetime:
        """Return the moment so many days ago, on the last working day up to then, never in the future."""
        day = local(now()) - timedelta(days=days_ago)
        day -= timedelta(days=max(0, day.weekday() - SATURDAY + 1))
        return min(day.replace(hour=hour, minute=minute, second=0, microsecond=0), now())

    def later(self, at: datetime, hours: float) -> datetime:
        """Return the moment so many hours later, over weekends, never in the future."""
        after = local(at + timedelta(hours=hours))
        if after.weekday() >= SATURDAY:
            after += timedelta(days=7 - after.weekday())
        return min(after, now())

    def citizen(self, who: Citizen, at: datetime) -> Actor:
        """Return the citizen as an actor, signed in through the identity provider; a representative for the company."""
        if who.number not in self.signed_in:
            systems = settings.MOTCUA.systems
            issuer = systems["identity_provider"]["dvcqg"]["issuer"] if "identity_provider" in systems else "sample"
            self.signed_in[who.number] = identity.sign_in_with_claims(
                issuer=issuer,
                profile=ClaimsProfile.NATIONAL_PORTAL,
                claims=who.claims,
                actor=system("sample"),
                at=at,
            )
        found = self.signed_in[who.number]
        return Actor(
            ActorKind.PERSON,
            f"account:{found.account_id}",
            Channel.PORTAL,
            str(new_id()),
            found.account_id,
            found.party_id,
            found.acting_for_id,
        )

    def officer(self, role: Role, agency: str, at: datetime) -> Actor:
        """Return somebody who plays the role at the agency (by code)."""
        held = organisation.holders(role, agency_id=self.agencies[agency], on=local(at).date())
        return self._acting(held[0], at)

    def doer(self, task: Task, at: datetime) -> Actor:
        """Return who does the task: the officer it was given to, else the first of those it was offered to."""
        on = local(at).date()
        if task.officer_id is not None:
            return organisation.actor_for(task.officer_id, task.position_id, Channel.DESK, str(new_id()), on=on)
        found = organisation.holders(Role(task.role), task.agency_id, task.department_id, on=on)
        return self._acting(found[0], at)

    def file(self, name: str, who: Citizen, at: datetime, actor: Actor) -> UUID:
        """Upload a one-page PDF as a citizen would; returns the file's id."""
        pdf = render(PAPER, {"name": name, "who": who.name}, at=at)
        kept = storage.receive(chunks=[pdf], name=f"{name[:60]}.pdf", limits=LIMITS, actor=actor, at=at)
        return kept.id

    def until(self, done: Callable[[], bool], what: str) -> None:
        """Let signatures be made and events arrive (here, or by the running worker and relay) until it is so."""
        deadline = time.monotonic() + PATIENCE
        while not done():
            worked = signing.run_once(clock=now)
            worked = relay.run_once() or worked
            if time.monotonic() > deadline:
                raise Stuck(what)
            if not worked:
                time.sleep(0.05)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()

    def _acting(self, held: HeldPosition, at: datetime) -> Actor:
        on = local(at).date()
        return organisation.actor_for(held.officer_id, held.position_id, Channel.DESK, str(new_id()), on=on)
