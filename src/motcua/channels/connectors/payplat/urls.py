"""Addresses of the connector; `config.urls` mounts them under `connectors/payplat/`."""

from django.urls import path

from motcua.channels.connectors.payplat import inbound

app_name = "payplat"
urlpatterns = [
    path("ipn", inbound.notification, name="notification"),
    path("return", inbound.return_page, name="return"),
]
