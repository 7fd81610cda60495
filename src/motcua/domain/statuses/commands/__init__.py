"""The verbs of statuses."""

from motcua.domain.statuses.commands.publish_catalogue import publish_catalogue

__all__ = ["publish_catalogue"]
