"""Reports > Finding by meaning: how far the vectors of articles are made, and what fails."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..vectors import embedders, progress
from .set_aside import may_see


def is_shown_to(user: Any) -> bool:
    """Whoever publishes may look, where an embedder is wanted and there."""
    return embedders.wanted() is not None and may_see(user)


class ByMeaningView(WagtailAdminTemplateMixin, TemplateView):
    """One part for each model whose vectors are kept: the one that searches go by comes first."""

    template_name = "index/by_meaning.html"
    page_title = gettext_lazy("Finding by meaning")
    header_icon = "search"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever publishes may look."""
        if not may_see(request.user):
            messages.error(request, _("Sorry, you do not have permission to access this area."))
            return HttpResponseRedirect(reverse("wagtailadmin_home"))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home > Finding by meaning."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A few counts for each model."""
        return super().get_context_data(**kwargs) | {"models": progress.of_all()}
