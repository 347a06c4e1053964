"""Insights > Content health: what is read, what helps, what waits for somebody to verify it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import page_permission_policy

from content.models import Category, Entry
from search.insights.metrics import contents
from search.insights.metrics.declared import CONTENT, METRICS, columns_of
from search.insights.metrics.metric import Metric, Unit
from search.insights.metrics.reading import read

from . import access, tables
from .narrowing import query
from .page import FiguresPage
from .tables import Cell, Column, Section, Table

SHOWN = 50
_SHARE = Metric("share", _("Share"), "", Unit.RATE, "part", "whole", rows="")
_WORKING = {"add", "change", "publish"}
STATES = {
    "live": _("Live entries"),
    "verified": _("Verified and not due yet"),
    "due": _("Due within 30 days"),
    "overdue": _("Overdue"),
    "undated": _("Without a date to verify by"),
    "old": _("Not published anew for a year"),
}
FORMULAS = {
    "live": _("Entries that are published now"),
    "verified": _("Verified once, and the verify-by date has not passed ÷ live entries"),
    "due": _("The verify-by date lies within the next 30 days ÷ live entries"),
    "overdue": _("The verify-by date has passed ÷ live entries"),
    "undated": _("No verify-by date ÷ live entries"),
    "old": _("Last published more than 365 days ago ÷ live entries"),
}


def entries_of(user: Any) -> QuerySet[Entry]:
    """The entries that ``user`` works on and may read."""
    pages = page_permission_policy.instances_user_has_any_permission_for(user, _WORKING)
    return Entry.objects.filter(
        pk__in=pages.order_by().values("pk"), audience__in=access.audiences(user)
    )


class ContentPage(FiguresPage):
    """Freshness as it is today, reads and votes as the range has them."""

    page_title = _("Content health")
    header_icon = "doc-full"
    narrowed_by = ("locale", "category", "audience")

    def get_sections(self) -> Sequence[Section]:
        """A query each for freshness, sums and the entries most read."""
        found = read(self.scope, columns_of(CONTENT))
        return [
            Section(_("Freshness today"), [self._freshness()]),
            Section(
                _("Reads and votes"),
                [self.metric_table("content", _("Reads and votes"), CONTENT, found)],
                [
                    self.metric_chart(
                        "reads-by-time", _("Reads over time"), [METRICS["reads"]], found, "bar"
                    )
                ],
            ),
            Section(_("Most read"), [self._entries()]),
        ]

    def mine(self) -> QuerySet[Entry]:
        """What the user works on, narrowed as asked."""
        entries = entries_of(self.request.user)
        if self.scope.locale:
            entries = entries.filter(locale__language_code=self.scope.locale)
        if self.scope.audience:
            entries = entries.filter(audience=self.scope.audience)
        return self._in_category(entries)

    def _in_category(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        if not self.scope.category:
            return entries
        page = Category.objects.filter(pk=self.scope.category).first()
        return entries.filter(path__startswith=page.path) if page else entries.none()

    def _freshness(self) -> Table:
        fresh = contents.freshness(self.mine())
        rows = []
        for name, label in STATES.items():
            number = getattr(fresh, name)
            url = f"{reverse('figures:state', args=[name])}?{query(self.scope)}"
            share = _SHARE.of({"part": number, "whole": fresh.live}, self.minimum)
            rows.append(
                {
                    "state": Cell(str(label)),
                    "number": tables.whole(number, url=url),
                    "share": Cell("–", "", muted=True) if name == "live" else tables.figure(share),
                    "formula": Cell(str(FORMULAS[name])),
                }
            )
        age = fresh.age_days
        rows.append(
            {
                "state": Cell(str(_("Mean age in days"))),
                "number": Cell("–", "", muted=True)
                if age is None
                else Cell(
                    tables.decimal(age, 1),
                    round(age, 1),
                    url=f"{reverse('figures:state', args=['live'])}?{query(self.scope)}",
                ),
                "share": Cell("–", "", muted=True),
                "formula": Cell(str(_("Mean of the days since live entries were last published"))),
            }
        )
        columns = [
            Column("state", _("State")),
            Column("number", _("Entries"), numeric=True),
            Column("share", _("Share"), numeric=True),
            Column("formula", _("Formula")),
        ]
        return Table("freshness", _("Freshness today"), columns, rows)

    def _entries(self) -> Table:
        sums = contents.read_by_entry(self.scope, self.mine(), SHOWN)
        titles = Entry.objects.filter(pk__in=[row["entry"] for row in sums]).select_related(
            "locale", "responsible"
        )
        known = {entry.pk: entry for entry in titles.defer("body", "lead")}
        rows = [self._entry(row, known[row["entry"]]) for row in sums if row["entry"] in known]
        columns = [
            Column("title", _("Title")),
            Column("locale", _("Language")),
            Column("reads", _("Reads"), numeric=True),
            Column("before", _("Period before"), numeric=True),
            Column("helpful", _("Helpful rate"), numeric=True),
            Column("votes", _("Votes"), numeric=True),
            Column("interval", _("95 % interval"), numeric=True),
            Column("verify_by", _("Verify by")),
            Column("owner", _("Owner")),
        ]
        return Table("most-read", _("Most read"), columns, rows, _("Nothing was read."))

    def _entry(self, row: dict[str, Any], entry: Entry) -> dict[str, Cell]:
        reads, helpful = METRICS["reads"], METRICS["helpful"]
        rate = helpful.of(row, self.minimum)
        code = entry.locale.language_code
        return {
            "title": Cell(
                entry.title, url=reverse("wagtailadmin_pages:edit", args=[entry.pk]), lang=code
            ),
            "locale": Cell(str(entry.locale)),
            "reads": tables.whole(row["reads"], url=self.opens(reads, entry=entry.pk)),
            "before": tables.whole(row["before"]),
            "helpful": tables.figure(rate, self.opens(helpful, entry=entry.pk)),
            "votes": tables.whole(row["votes"]),
            "interval": tables.interval(rate),
            "verify_by": Cell(entry.verify_by.isoformat() if entry.verify_by else ""),
            "owner": Cell(str(entry.responsible or "")),
        }
