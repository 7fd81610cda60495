"""The room's addresses alone."""

from django.urls import include, path

urlpatterns = [path("", include("motcua.channels.api.urls"))]
