"""The addresses of the room."""

from django.urls import path

from motcua.channels.api import health
from motcua.channels.api.v1 import api

app_name = "api"
urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("api/v1/", api.urls),
]
