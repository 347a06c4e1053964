"""The evidence of a gap beside the editor of its answer."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.forms import Media
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from content.models import Article, FaqEntry
from search.insights.examples import examples_of
from search.insights.models import UNFINISHED, Gap

from . import access
from .duplicates import DuplicatesSidePanel
from .effect import EffectSidePanel, has_effect


class EvidenceSidePanel(BaseSidePanel):
    """The searches that found nothing, while their answer is being written."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """Opens and closes the panel; shows how many gaps there are."""

        aria_label = _("Toggle evidence")
        icon_name = "warning"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            """The counter is the number of gaps."""
            return {**super().get_context_data(parent_context), "count": len(self.panel.gaps)}

    name = "evidence"
    title = _("What people searched for")
    template_name = "insights/evidence_panel.html"
    order = 150

    @cached_property
    def gaps(self) -> list[Gap]:
        """The gaps that this entry answers, and those that it was found to answer badly."""
        diagnosed = Q(diagnosis__entry_id=self.object.pk, entry=None, state__in=UNFINISHED)
        gaps = Gap.objects.filter(Q(entry_id=self.object.pk) | diagnosed, joined_into=None)
        return list(gaps.select_related("owner", "diagnosis"))

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Each gap with its commonest wordings and the last proof."""
        context = super().get_context_data(parent_context)
        context["gaps"] = [
            {
                "gap": gap,
                "examples": examples_of(gap, 25),
                "proof": gap.history.exclude(data={}).values_list("data", flat=True).first(),
            }
            for gap in self.gaps
        ]
        return context

    @property
    def media(self) -> Media:
        """Opens the panel when the editor opens."""
        return Media(
            js=[versioned_static("insights/evidence.js")],
            css={"all": [versioned_static("insights/insights.css")]},
        )


class EntryEditView(EditView):
    """Wagtail's editor, with the evidence where the entry answers a gap, with entries that say the
    same, and with what publishing would change."""

    def get_side_panels(self) -> MediaContainer:
        """Wagtail's panels and those of ours that have something to say."""
        panels = super().get_side_panels()
        if self.expects_json_response:
            return panels
        more: list[BaseSidePanel] = []
        if access.may_see(self.request.user):
            evidence = EvidenceSidePanel(self.page, self.request)
            more += [evidence] if evidence.gaps else []
            more += [EffectSidePanel(self.page, self.request)] if has_effect(self.page) else []
        same = DuplicatesSidePanel(self.page, self.request)
        more += [same] if same.found else []
        return MediaContainer([*panels, *more]) if more else panels


class FaqEntryViewSet(PageViewSet):
    """FAQ entries with evidence beside their editor."""

    model = FaqEntry
    edit_view_class = EntryEditView


class ArticleViewSet(PageViewSet):
    """Articles with evidence beside their editor."""

    model = Article
    edit_view_class = EntryEditView
