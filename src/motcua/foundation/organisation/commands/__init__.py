"""Every change of the organisation, one file per thing that changes."""

from motcua.foundation.organisation.commands.agencies import close_agency, create_agency, edit_agency
from motcua.foundation.organisation.commands.groups import create_group, join_group, leave_group
from motcua.foundation.organisation.commands.holdings import act_in, appoint, relieve
from motcua.foundation.organisation.commands.officers import (
    create_officer,
    edit_officer,
    invite_officer_again,
    lock_officer,
    unlock_officer,
)
from motcua.foundation.organisation.commands.places import create_department, create_position, edit_position, open_desk
from motcua.foundation.organisation.commands.rights import grant, revoke

__all__ = [
    "act_in",
    "appoint",
    "close_agency",
    "create_agency",
    "create_department",
    "create_group",
    "create_officer",
    "create_position",
    "edit_agency",
    "edit_officer",
    "edit_position",
    "grant",
    "invite_officer_again",
    "join_group",
    "leave_group",
    "lock_officer",
    "open_desk",
    "relieve",
    "revoke",
    "unlock_officer",
]
