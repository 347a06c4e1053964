"""What publishing the draft would change, beside its editor: on demand, as it takes seconds."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from content.audience import Audience
from content.models import Entry
from search.engine.protocol import EngineFailed
from search.index.tuning.rehearsal import CannotRehearse
from search.insights.effects import effect_of

from . import access


class EffectSidePanel(BaseSidePanel):
    """A button, and what comes of it."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """Opens and closes the panel."""

        aria_label = _("Toggle the effect on searches")
        icon_name = "search"

    name = "effect"
    title = _("Effect on searches")
    template_name = "insights/effect_panel.html"
    order = 160

    @property
    def media(self) -> Media:
        """Fetches the effect when it is asked for."""
        return Media(
            js=[versioned_static("insights/effect.js")],
            css={"all": [versioned_static("insights/insights.css")]},
        )


def has_effect(page: Entry) -> bool:
    """Whether there is something that publishing would change."""
    return page.has_unpublished_changes or not page.live


class EffectView(PermissionCheckedMixin, View):
    """The effect of an entry's draft as it was saved last: a piece of a page."""

    http_method_names = ["post"]
    permission_policy = access.policy
    permission_required = "view"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Search, and say what would change."""
        page = get_object_or_404(Entry, pk=pk).specific
        draft = page.get_latest_revision_as_object()
        reader = Audience.of(request.user)
        sees = reader.sees(page.audience) and reader.sees(draft.audience)
        if not (sees and page.permissions_for_user(request.user).can_edit()):
            raise PermissionDenied
        context: dict[str, Any] = {"draft": draft, "saved": page.latest_revision_created_at}
        with suppress(CannotRehearse, EngineFailed):
            context["found"] = effect_of(draft, reader)
        return render(request, "insights/effect.html", context)
