"""Tells the hall where the desk's places are."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from motcua.channels.ui import navigation
from motcua.channels.ui.navigation import Item, Place
from motcua.foundation.organisation.types import Capability


class Desk(AppConfig):
    """The officers' channel; it has no table of its own."""

    name = "motcua.channels.desk"

    def ready(self) -> None:
        """Open the places of the bar on top, and the menu at the side."""
        navigation.open_places(
            {
                Place.DESK: "desk:home",
                Place.DESK_SEARCH: "desk:find",
                Place.DESK_SCAN: "desk:scan",
                Place.DESK_NOTICES: "desk:notices",
                Place.SIGN_OUT: "signin:sign_out",
            }
        )
        navigation.open_menu(
            "desk",
            (
                Item(_("Việc của tôi"), "desk:home", "home"),
                Item(_("Quầy tiếp nhận"), "desk:counter", "scan", needs=Capability.RECEIVE),
                Item(_("Hàng chờ tiếp nhận"), "desk:reception", "inbox", needs=Capability.RECEIVE),
                Item(_("Danh sách hồ sơ"), "desk:dossiers", "list"),
                Item(_("Hồ sơ đã tiếp nhận"), "desk:received", "files"),
                Item(_("Người nộp hồ sơ"), "desk:people", "users", needs=Capability.EDIT_CONTACTS),
            ),
        )
