"""What this system sends to us."""

from django.urls import URLPattern

app_name = "national_portal"
urlpatterns: list[URLPattern] = []
