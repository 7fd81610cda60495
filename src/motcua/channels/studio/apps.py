"""Tells the hall what stands in the makers' menu."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from motcua.channels.ui import navigation
from motcua.channels.ui.navigation import Item, Place

MADE, PEOPLE, RUNNING = _("Thủ tục"), _("Tổ chức"), _("Vận hành")
ITEMS = (
    Item(_("Thủ tục đã công bố"), "studio:procedures", icon="files", group=MADE),
    Item(_("Quy trình"), "studio:processes", icon="flow", group=MADE),
    Item(_("Mẫu giấy tờ"), "studio:papers", icon="print", group=MADE),
    Item(_("Trạng thái hồ sơ"), "studio:statuses", icon="list", group=MADE),
    Item(_("Lịch làm việc"), "studio:calendars", icon="calendar", group=MADE),
    Item(_("Cơ quan, đơn vị"), "studio:agencies", icon="building", group=PEOPLE),
    Item(_("Cán bộ"), "studio:officers", icon="users", needs="administer_accounts", group=PEOPLE),
    Item(_("Phân quyền"), "studio:rights", icon="key", needs="administer_organisation", group=PEOPLE),
    Item(_("Kết nối và hàng đợi"), "studio:systems", icon="refresh", needs="operate", group=RUNNING),
)


class Studio(AppConfig):
    """The makers' channel; it has no tables."""

    name = "motcua.channels.studio"

    def ready(self) -> None:
        """Open the menu and the place other layouts lead to."""
        navigation.open_menu("studio", ITEMS)
        navigation.open_places({Place.STUDIO: "studio:home"})
