"""Reads what the installation demands of editions."""

from django.apps import AppConfig
from django.conf import settings

from motcua.domain.catalog.policy import POLICY


class Catalog(AppConfig):
    """The room as Django knows it."""

    name = "motcua.domain.catalog"

    def ready(self) -> None:
        """In every mode but production an edition may name grounds that are still "chưa đối chiếu"."""
        POLICY.checked_grounds_only = str(settings.MOTCUA.mode) == "production"
