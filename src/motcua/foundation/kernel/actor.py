"""Who acts: as whom, for whom, in which position, through which channel, under which request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from motcua.foundation.kernel.identifiers import new_id


class ActorKind(StrEnum):
    """The five ways of standing before the system."""

    PERSON = "person"
    OFFICER = "officer"
    PARTNER = "partner"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


class Channel(StrEnum):
    """The door an act came through; not the legal channel of reception, which a dossier keeps itself."""

    PORTAL = "portal"
    DESK = "desk"
    STUDIO = "studio"
    API = "api"
    CONNECTOR = "connector"
    WORKER = "worker"
    COMMAND_LINE = "command_line"


@dataclass(frozen=True, slots=True)
class Actor:
    """One act's doer.

    ``principal`` names who is answerable for a request id and is never empty: ``account:<id>``,
    ``partner:<name>``, ``system:<name>`` or ``session:<digest>``. ``acting_for_id`` is the party the person
    acts for in the open (a company, a child); it equals ``party_id`` when one acts for oneself.
    """

    kind: ActorKind
    principal: str
    channel: Channel
    request_id: str
    account_id: UUID | None = None
    party_id: UUID | None = None
    acting_for_id: UUID | None = None
    officer_id: UUID | None = None
    position_id: UUID | None = None
    agency_id: UUID | None = None
    department_id: UUID | None = None

    def __post_init__(self) -> None:
        if not self.principal or not self.request_id:
            raise ValueError("an actor has a principal and a request id")

    def under(self, request_id: str) -> Actor:
        """Return the same doer under another request id (a player or a form that carries its own id)."""
        return replace(self, request_id=request_id)


def system(name: str, *, request_id: str = "", channel: Channel = Channel.WORKER) -> Actor:
    """Return the system itself as an actor: sweeps, relays, commands of those who run it."""
    return Actor(ActorKind.SYSTEM, f"system:{name}", channel, request_id or str(new_id()))
