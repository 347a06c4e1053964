"""Alerts on the admin's first page, for those whom they are meant for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from content.audience import Audience
from search.insights.alerts import access, wording

SHOWN = 10


class AlertsPanel(Component):
    """Nothing where there is nothing to see."""

    name = "alerts"
    order = 60
    template_name = "insights/alerts/panel.html"

    def __init__(self, user: Any) -> None:
        reader = Audience.of(user)
        self.alerts = [
            (alert, wording.name(alert, reader)) for alert in access.for_reader(user)[:SHOWN]
        ]

    def render_html(self, parent_context: Any = None) -> str:
        """One query, made when the panel was."""
        return super().render_html(parent_context) if self.alerts else ""

    def get_context_data(self, parent_context: Any = None) -> Mapping[str, Any]:
        """The alerts, the newest first."""
        return {"alerts": self.alerts}
