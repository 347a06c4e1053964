"""Addresses of this room."""

from django.urls import path

from .views import consent

app_name = "journeys"
urlpatterns = [path("consent/", consent, name="consent")]
