"""What the portal calls; `config.urls` mounts it under `connectors/national-portal/`."""

from django.urls import path

from motcua.channels.connectors.national_portal import inbound

app_name = "national_portal"
urlpatterns = [
    path("dossiers", inbound.dossier, name="dossiers"),
    path("files/<str:token>", inbound.file, name="file"),
]
