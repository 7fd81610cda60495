"""What the gateway sends to us; mounted under ``connectors/sms/``."""

from django.urls import path

from motcua.channels.connectors.sms import inbound

app_name = "sms"
urlpatterns = [path("reports", inbound.report, name="report")]
