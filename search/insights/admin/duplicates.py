"""Entries that already say what a draft says, beside its editor."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.side_panels import BaseSidePanel

from content.audience import Audience
from search.lookup.alike import Duplicate, duplicates


class DuplicatesSidePanel(BaseSidePanel):
    """What is published and says the same. Nothing is blocked."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """Opens and closes the panel; shows how many entries there are."""

        aria_label = _("Toggle entries that say the same")
        icon_name = "copy"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            """The counter is the number of entries."""
            return {**super().get_context_data(parent_context), "count": len(self.panel.found)}

    name = "duplicates"
    title = _("Published already")
    template_name = "insights/duplicates_panel.html"
    order = 140

    @cached_property
    def found(self) -> list[Duplicate]:
        """Those that the writer may see; made of the text as it was saved last."""
        draft = self.object.get_latest_revision_as_object()
        return duplicates(draft, Audience.of(self.request.user))

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Each entry with how much it has in common with the draft, in percent."""
        context = super().get_context_data(parent_context)
        context["duplicates"] = [
            {"entry": each.entry, "shared": round(100 * each.shared)} for each in self.found
        ]
        return context

    @property
    def media(self) -> Media:
        """Opens the panel when the editor opens."""
        return Media(
            js=[versioned_static("insights/evidence.js")],
            css={"all": [versioned_static("insights/insights.css")]},
        )
