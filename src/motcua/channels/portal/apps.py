"""Tells the hall where the portal's places are."""

from django.apps import AppConfig

from motcua.channels.ui import navigation
from motcua.channels.ui.navigation import Place


class Portal(AppConfig):
    """The citizens' channel; its one table counts look-ups by address."""

    name = "motcua.channels.portal"

    def ready(self) -> None:
        """Open the places that header, footer and breadcrumbs lead to."""
        navigation.open_places(
            {
                Place.HOME: "portal:home",
                Place.PROCEDURES: "portal:procedures",
                Place.SERVICES: "portal:services",
                Place.LOOKUP: "portal:look_up",
                Place.HELP: "portal:help",
                Place.SIGN_IN: "signin:choose",
                Place.SIGN_OUT: "signin:sign_out",
                Place.MINE: "portal:dossiers",
                Place.NOTICES: "portal:notices",
                Place.ACCOUNT: "signin:acting_for",
                Place.VERIFY: "portal:verify",
                Place.PAY: "portal:payments",
                Place.PRIVACY: "portal:privacy",
                Place.ACCESSIBILITY: "portal:accessibility",
            }
        )
