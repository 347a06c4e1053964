"""The application that ties the rooms together."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Settings, addresses, roles, health and demonstration."""

    name = "cms"
    label = "cms"
