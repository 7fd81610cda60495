"""The write doors of signing, one file per verb."""

from motcua.domain.signing.commands.add_trust_anchor import add_trust_anchor
from motcua.domain.signing.commands.authorise_again import authorise_again
from motcua.domain.signing.commands.cancel_request import cancel_request
from motcua.domain.signing.commands.disable_credential import disable_credential
from motcua.domain.signing.commands.forget_authorisations import forget_authorisations
from motcua.domain.signing.commands.record_failed import record_failed
from motcua.domain.signing.commands.record_signed import record_signed
from motcua.domain.signing.commands.record_verification import record_verification
from motcua.domain.signing.commands.register_credential import register_credential
from motcua.domain.signing.commands.request_signature import request_signature
from motcua.domain.signing.commands.withdraw_trust_anchor import withdraw_trust_anchor

__all__ = [
    "add_trust_anchor",
    "authorise_again",
    "cancel_request",
    "disable_credential",
    "forget_authorisations",
    "record_failed",
    "record_signed",
    "record_verification",
    "register_credential",
    "request_signature",
    "withdraw_trust_anchor",
]
