"""The journal's verbs."""

from motcua.foundation.journal.commands.destroy import destroy_payloads
from motcua.foundation.journal.commands.log_read import log_read
from motcua.foundation.journal.commands.record import Occurrence, record, record_many
from motcua.foundation.journal.commands.release_lane import release_lane
from motcua.foundation.journal.commands.seal import Sealed, seal, seal_now

__all__ = [
    "Occurrence",
    "Sealed",
    "destroy_payloads",
    "log_read",
    "record",
    "record_many",
    "release_lane",
    "seal",
    "seal_now",
]
