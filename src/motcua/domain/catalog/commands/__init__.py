"""The verbs of the catalogue."""

from motcua.domain.catalog.commands.check_ground import check_ground
from motcua.domain.catalog.commands.publish_edition import publish_edition
from motcua.domain.catalog.commands.register_procedure import (
    change_procedure,
    name_field,
    name_topic,
    register_procedure,
)
from motcua.domain.catalog.commands.state_ground import state_ground

__all__ = [
    "change_procedure",
    "check_ground",
    "name_field",
    "name_topic",
    "publish_edition",
    "register_procedure",
    "state_ground",
]
