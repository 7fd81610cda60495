"""Tells the room who prints: the installation's name and public address."""

from django.apps import AppConfig
from django.conf import settings


class Documents(AppConfig):
    """The room as Django sees it."""

    name = "motcua.domain.documents"

    def ready(self) -> None:
        """Hand the two settings that stand on every paper to the room. Models must be loaded first."""
        from motcua.domain.documents import papers  # noqa: PLC0415

        papers.printed_by(name=settings.MOTCUA.name, public_url=settings.MOTCUA.public_url)
