"""Connects the rooms when Django is ready."""

from django.apps import AppConfig


class Motcua(AppConfig):
    """The installation itself; it has no tables."""

    name = "motcua.config"
    label = "installation"

    def ready(self) -> None:
        """Fill the registries. The import stands here because models must be loaded first."""
        from motcua.wiring import connect  # noqa: PLC0415

        connect()
