"""Every address of the installation; each belongs to a room of the channels."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
