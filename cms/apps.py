"""The application that ties the rooms together."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Settings, addresses, roles, health and demonstration."""

    name = "cms"
    label = "cms"

    def ready(self) -> None:
        from cms.metrics import count_searches
        from search.journeys.signals import searches_recorded

        searches_recorded.connect(count_searches, dispatch_uid="cms.metrics")
