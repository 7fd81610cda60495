"""What this system sends to us."""

from django.urls import URLPattern

app_name = "sms"
urlpatterns: list[URLPattern] = []
