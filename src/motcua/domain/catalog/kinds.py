"""The closed lists of the catalogue; entered through ``types``."""

from __future__ import annotations

from enum import StrEnum

from motcua.domain.payments.types import DueKind
from motcua.domain.payments.types import Stage as CollectedAt

__all__ = [
    "AfterSupplement",
    "AgencyLevel",
    "CollectedAt",
    "DecisionKind",
    "DueKind",
    "PlaceKind",
    "ReceiptPolicy",
    "ReceptionChannel",
    "ServiceLevel",
    "SubjectKind",
    "Way",
    "way_of",
]


class Way(StrEnum):
    """The three ways of handing in that the law prices and times (NĐ 118/2025 Điều 15)."""

    ONLINE = "online"
    DIRECT = "direct"
    POST = "post"


class ReceptionChannel(StrEnum):
    """Through which channel a dossier came; kept on it for ever."""

    NATIONAL_PORTAL = "national_portal"
    OWN_PORTAL = "own_portal"
    COUNTER = "counter"
    POST = "post"
    HIRED_SERVICE = "hired_service"
    AUTHORISED_PERSON = "authorised_person"
    ON_SITE = "on_site"
    KIOSK = "kiosk"
    CENTRAL_SYSTEM = "central_system"
    OTHER_DESK = "other_desk"

    @property
    def way(self) -> Way:
        """The way it counts as, for limits and fees."""
        return _WAYS[self]


_WAYS = {
    ReceptionChannel.NATIONAL_PORTAL: Way.ONLINE,
    ReceptionChannel.OWN_PORTAL: Way.ONLINE,
    ReceptionChannel.COUNTER: Way.DIRECT,
    ReceptionChannel.POST: Way.POST,
    ReceptionChannel.HIRED_SERVICE: Way.POST,
    ReceptionChannel.AUTHORISED_PERSON: Way.DIRECT,
    ReceptionChannel.ON_SITE: Way.DIRECT,
    ReceptionChannel.KIOSK: Way.ONLINE,
    ReceptionChannel.CENTRAL_SYSTEM: Way.ONLINE,
    ReceptionChannel.OTHER_DESK: Way.DIRECT,
}


def way_of(channel: str) -> Way:
    """Return the way of a reception channel, or the way itself. Raises ValueError for neither."""
    return Way(channel) if channel in (Way.ONLINE, Way.DIRECT) else ReceptionChannel(channel).way


class ServiceLevel(StrEnum):
    """How far a service goes online (NĐ 224/2026 Điều 14)."""

    FULL = "full"
    PARTIAL = "partial"
    INFORMATION = "information"
    OTHER = "other"


class AgencyLevel(StrEnum):
    """The level of the agency that resolves."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    COMMUNE = "commune"
    OTHER = "other"


class SubjectKind(StrEnum):
    """Whom a procedure is for."""

    CITIZEN = "citizen"
    BUSINESS = "business"
    ORGANISATION = "organisation"
    FOREIGNER = "foreigner"


class ReceiptPolicy(StrEnum):
    """Whether the receipt (paper 01) is given: always, or only when the applicant asks (same-day procedures)."""

    ALWAYS = "always"
    ON_REQUEST = "on_request"


class AfterSupplement(StrEnum):
    """What the resolving clock does when everything is in: the full limit again, or what was left of it."""

    RESTART = "restart"
    RESUME = "resume"


class DecisionKind(StrEnum):
    """The decisions an edition stands on."""

    ANNOUNCEMENT = "announcement"
    PROCESS = "process"


class PlaceKind(StrEnum):
    """How the agency behind a name in the process is found."""

    RECEIVING_AGENCY = "receiving_agency"
    DESK_AUTHORITY = "desk_authority"
    AGENCY_CODE = "agency_code"
    ANSWER = "answer"
    AREA_SERVICE = "area_service"
