"""Every change of identity, one file per verb."""

from motcua.foundation.identity.commands.activate_account import activate_account, begin_activation
from motcua.foundation.identity.commands.add_identifier import add_identifier
from motcua.foundation.identity.commands.add_representation import add_representation
from motcua.foundation.identity.commands.change_password import change_password
from motcua.foundation.identity.commands.check_code import check_code
from motcua.foundation.identity.commands.check_password import check_password
from motcua.foundation.identity.commands.create_officer_account import create_officer_account, invite_again
from motcua.foundation.identity.commands.declare_child import declare_child
from motcua.foundation.identity.commands.end_representation import end_representation
from motcua.foundation.identity.commands.end_session import end_session, end_sessions
from motcua.foundation.identity.commands.lock_account import lock_account, unlock_account
from motcua.foundation.identity.commands.open_session import open_session
from motcua.foundation.identity.commands.record_known import record_known
from motcua.foundation.identity.commands.register_organisation import register_organisation
from motcua.foundation.identity.commands.register_person import register_person
from motcua.foundation.identity.commands.sign_in_with_claims import sign_in_with_claims
from motcua.foundation.identity.commands.switch_session import choose_acting_for, choose_position, touch_session
from motcua.foundation.identity.commands.update_contact import update_contact

__all__ = [
    "activate_account",
    "add_identifier",
    "add_representation",
    "begin_activation",
    "change_password",
    "check_code",
    "check_password",
    "choose_acting_for",
    "choose_position",
    "create_officer_account",
    "declare_child",
    "end_representation",
    "end_session",
    "end_sessions",
    "invite_again",
    "lock_account",
    "open_session",
    "record_known",
    "register_organisation",
    "register_person",
    "sign_in_with_claims",
    "touch_session",
    "unlock_account",
    "update_contact",
]
