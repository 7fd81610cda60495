"""Every address of the installation; each belongs to a room of the channels."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("motcua.channels.ui.urls")),
    path("", include("motcua.channels.ui.signin.urls")),
    path("", include("motcua.channels.portal.urls")),
    path("can-bo/", include("motcua.channels.desk.urls")),
    path("quan-tri/", include("motcua.channels.studio.urls")),
    path("", include("motcua.channels.api.urls")),
    path("connectors/payplat/", include("motcua.channels.connectors.payplat.urls")),
    path("connectors/national-portal/", include("motcua.channels.connectors.national_portal.urls")),
    path("connectors/sms/", include("motcua.channels.connectors.sms.urls")),
]
handler400 = "motcua.channels.ui.views.bad_request"
handler403 = "motcua.channels.ui.views.forbidden"
handler404 = "motcua.channels.ui.views.not_found"
handler500 = "motcua.channels.ui.views.failed"
