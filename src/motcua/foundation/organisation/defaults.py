"""The rights that come with a role until an installation changes them. Data: a migration writes them as rows."""

from __future__ import annotations

from motcua.foundation.organisation.types import Capability as C  # noqa: N817 – a table of data reads better so
from motcua.foundation.organisation.types import Role
from motcua.foundation.organisation.types import ScopeKind as S

DESK = (
    C.SEE_DOSSIERS,
    C.RECEIVE,
    C.ASK_COMPLETION,
    C.REFUSE,
    C.RETURN_NOT_COMPETENT,
    C.FORWARD,
    C.DIGITISE,
    C.EDIT_CONTACTS,
    C.TAKE_MONEY,
    C.RETURN_RESULTS,
)

DEFAULT_GRANTS: tuple[tuple[Role, S, tuple[C, ...]], ...] = (
    (Role.DESK_OFFICER, S.AGENCY, DESK),
    (Role.APPRAISER, S.OWN, (C.APPRAISE, C.ASK_SUPPLEMENT, C.CONSULT, C.GIVE_OPINION, C.DIGITISE)),
    (Role.APPRAISER, S.DEPARTMENT, (C.SEE_DOSSIERS,)),
    (
        Role.HEAD,
        S.DEPARTMENT,
        (
            C.SEE_DOSSIERS,
            C.ASSIGN,
            C.APPRAISE,
            C.ASK_SUPPLEMENT,
            C.CONSULT,
            C.GIVE_OPINION,
            C.APPROVE,
            C.ALLOW_EXCEPTION,
            C.EXTEND,
            C.SEE_REPORTS,
        ),
    ),
    (Role.CLERK, S.AGENCY, (C.SEE_DOSSIERS, C.NUMBER, C.SEAL)),
    (
        Role.LEADER,
        S.AGENCY,
        (
            C.SEE_DOSSIERS,
            C.ASSIGN,
            C.GIVE_OPINION,
            C.APPROVE,
            C.ALLOW_EXCEPTION,
            C.DECIDE_STOP,
            C.EXTEND,
            C.SIGN,
            C.APPROVE_REFUND,
            C.SEE_REPORTS,
        ),
    ),
    (Role.DIRECTOR, S.AGENCY, (*DESK, C.ASSIGN, C.ALLOW_EXCEPTION, C.APPROVE_REFUND, C.SEE_REPORTS, C.READ_LOG)),
    # Whoever administers sees no dossier by that alone.
    (
        Role.ADMINISTRATOR,
        S.SUBTREE,
        (C.ADMINISTER_ORGANISATION, C.ADMINISTER_ACCOUNTS, C.ADMINISTER_EDITIONS, C.READ_LOG, C.OPERATE),
    ),
)
