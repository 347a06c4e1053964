"""Insights > Weekly digests: the list, and one digest."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from search.insights.admin import access
from search.insights.departments import showing
from search.insights.departments.models import Department, Digest

ROWS = 26


def sees_any(user: Any) -> bool:
    """Whether ``user`` has digests to read."""
    return access.may_see(user) or Department.objects.filter(people=user.pk).exists()


class DigestsView(WagtailAdminTemplateMixin, TemplateView):
    """All weeks of the departments that the reader may read."""

    template_name = "insights/departments/digests.html"
    page_title = _("Weekly digests")
    header_icon = "mail"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list, by weeks; or refuse."""
        user = self.request.user
        if not sees_any(user):
            raise PermissionDenied
        rows = Digest.objects.select_related("department")
        if not access.may_see(user):
            rows = rows.filter(department__people=user.pk)
        page = Paginator(rows, ROWS).get_page(self.request.GET.get("p"))
        return super().get_context_data(digests=page, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home > Weekly digests."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class DigestView(WagtailAdminTemplateMixin, TemplateView):
    """What was told of one week."""

    template_name = "insights/departments/digest.html"
    header_icon = "mail"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it."""
        super().setup(request, *args, **kwargs)
        rows = Digest.objects.select_related("department")
        self.digest = get_object_or_404(rows, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        """The department."""
        return str(self.digest.department)

    def get_page_subtitle(self) -> str:
        """The week."""
        days = (self.digest.week, self.digest.last)
        return " – ".join(formats.date_format(day, "SHORT_DATE_FORMAT") for day in days)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home > Weekly digests > the department."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("departments:digests"), "label": _("Weekly digests")},
            {
                "url": "",
                "label": self.get_page_title(),
                "sublabel": self.get_page_subtitle(),
            },
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The causes, and what was closed."""
        user = self.request.user
        if not showing.may_read(self.digest, user):
            raise PermissionDenied
        return super().get_context_data(
            digest=self.digest,
            causes=showing.lines(self.digest, "causes", user),
            closed=showing.lines(self.digest, "closed", user),
            more=self.digest.data.get("more", 0),
            **kwargs,
        )
