"""Addresses of the hall. ``config.urls`` mounts them at the root and names the error views."""

from django.urls import path

from motcua.channels.ui import language, views

app_name = "ui"
urlpatterns = [
    path("favicon.ico", views.favicon, name="favicon"),
    path("ngon-ngu/<str:language>/", language.switch, name="language"),
    path("thanh-phan/", views.components, {"face": "portal"}, name="components"),
    path("thanh-phan/can-bo/", views.components, {"face": "desk"}, name="components_desk"),
]
