"""Says on the admin's first page that the search index should be built anew, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from ..building import has_builder, under_way
from ..due import rebuild_due


class RebuildDuePanel(Component):
    """Nothing where no rebuild is due; else the reason, the command, and how far one has come."""

    name = "rebuild_due"
    order = 50
    template_name = "index/rebuild_due.html"

    def render_html(self, parent_context: Any = None) -> str:
        """Three short queries."""
        return super().render_html(parent_context) if rebuild_due() else ""

    def get_context_data(self, parent_context: Any = None) -> Mapping[str, Any]:
        """The reason, and the rebuild that is under way, if any."""
        row = under_way()
        return {"reason": rebuild_due(), "building": row, "running": row and has_builder(row)}


def may_see(user: Any) -> bool:
    """Whoever keeps the index: those who may change its pointer."""
    return user.has_perm("search_index.change_indexpointer")
