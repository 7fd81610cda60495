"""The connector's addresses alone: its tests do not load every other room's pages."""

from django.urls import include, path

urlpatterns = [path("connectors/national-portal/", include("motcua.channels.connectors.national_portal.urls"))]
