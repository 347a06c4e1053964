"""The application that ties the rooms together."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Settings, addresses, roles, health and demonstration."""

    name = "cms"
    label = "cms"

    def ready(self) -> None:
        from cms import branding, lookups
        from cms.metrics import count_searches
        from content.files import access
        from search.journeys.signals import searches_recorded

        if branding.shows not in access.shown_by_the_site:
            access.shown_by_the_site.append(branding.shows)
        lookups.register()
        searches_recorded.connect(count_searches, dispatch_uid="cms.metrics")
