"""The addresses of the room."""

from django.urls import URLPattern, URLResolver, include, path

from motcua.channels.desk import casework_urls, daily_urls

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    # Home, lists, reception, counter.
    path("", include(daily_urls)),
    # A dossier and every act on it.
    path("", include(casework_urls)),
]
