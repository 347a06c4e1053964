"""Addresses of the desk."""

from django.urls import path

from . import views

app_name = "desk"
urlpatterns = [
    path("", views.console, name="console"),
    path("search", views.search, name="search"),
    path("entry/<int:pk>", views.entry, name="entry"),
    path("entry/<int:pk>/version", views.version, name="version"),
    path("event", views.event, name="event"),
]
