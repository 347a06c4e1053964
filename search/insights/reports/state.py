"""The entries behind a number of the freshness table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from search.insights.metrics import contents

from . import tables
from .content_health import FORMULAS, STATES, ContentPage
from .tables import Cell, Column, Section, Table

#: Entries listed at most, the longest due first.
LISTED = 200


class StatePage(ContentPage):
    """Live entries in one state, as they are now."""

    template_name = "insights/state.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the state."""
        super().setup(request, *args, **kwargs)
        if kwargs["name"] not in STATES:
            raise Http404
        self.name: str = kwargs["name"]

    def get_page_title(self) -> str:
        """The state's name."""
        return str(STATES[self.name])

    def get_sections(self) -> Sequence[Section]:
        """One list."""
        entries = self.mine().filter(live=True)
        if self.name != "live":
            entries = entries.filter(contents.states()[self.name])
        number = entries.count()
        listed = entries.select_related("locale", "responsible").defer("body", "lead")
        rows = [
            {
                "title": Cell(
                    entry.title,
                    url=reverse("wagtailadmin_pages:edit", args=[entry.pk]),
                    lang=entry.locale.language_code,
                ),
                "locale": Cell(str(entry.locale)),
                "verify_by": Cell(entry.verify_by.isoformat() if entry.verify_by else "–"),
                "verified": Cell(self.day(entry.verified_at) if entry.verified_at else "–"),
                "published": Cell(
                    self.day(entry.last_published_at) if entry.last_published_at else "–"
                ),
                "owner": Cell(str(entry.responsible or "")),
            }
            for entry in listed.order_by("verify_by", "last_published_at", "pk")[:LISTED]
        ]
        columns = [
            Column("title", _("Title")),
            Column("locale", _("Language")),
            Column("verify_by", _("Verify by")),
            Column("verified", _("Last verified")),
            Column("published", _("Published")),
            Column("owner", _("Owner")),
        ]
        self.number = tables.whole(number).text
        table = Table("entries", STATES[self.name], columns, rows, _("No entries."))
        return [Section(STATES[self.name], [table], note=FORMULAS[self.name])]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the number of all."""
        return super().get_context_data(**kwargs) | {"number": self.number, "listed": LISTED}
