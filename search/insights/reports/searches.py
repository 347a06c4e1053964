"""Insights > Searches: what is asked, and how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from search.insights.metrics import questions
from search.insights.metrics.declared import METRICS, SEARCHING, columns_of
from search.insights.metrics.metric import Metric
from search.insights.metrics.reading import read
from search.insights.metrics.summing import KEPT

from . import access, tables
from .narrowing import query
from .page import FiguresPage
from .tables import Cell, Column, Section, Table

_BY_QUESTION = ("no_answer", "no_click", "ctr", "reformulation", "contacted")


class SearchesPage(FiguresPage):
    """The most asked questions in five orders, beside the figures of all searches."""

    page_title = pgettext_lazy("page of figures", "Searches")
    header_icon = "search"
    template_name = "insights/searches.html"
    narrowed_by = ("kind", "locale", "audience")
    keeps = ("list",)

    @property
    def order(self) -> str:
        """Which list is shown."""
        asked = self.request.GET.get("list", "top")
        return asked if asked in questions.ORDERS else "top"

    def get_sections(self) -> Sequence[Section]:
        """The list, then all searches together."""
        found = read(self.scope, columns_of(SEARCHING))
        return [
            Section(questions.ORDERS[self.order][0], [self._list()], note=self._note()),
            Section(
                _("All searches"),
                [self.metric_table("searching", _("All searches"), SEARCHING, found)],
                [
                    self.metric_chart(
                        "searches-by-time",
                        _("Intents over time"),
                        [METRICS["intents"]],
                        found,
                        "bar",
                    )
                ],
            ),
        ]

    def _list(self) -> Table:
        seen = access.audiences(self.request.user)
        rows = [self._row(each) for each in questions.listed(self.scope, self.order, seen)]
        columns = [
            Column("question", _("Question")),
            Column("locale", _("Language")),
            Column("intents", _("Intents"), numeric=True),
            Column("before", _("Period before"), numeric=True),
            *(Column(key, METRICS[key].name, numeric=True) for key in _BY_QUESTION),
        ]
        caption = questions.ORDERS[self.order][0]
        return Table(f"searches-{self.order}", caption, columns, rows, _("Nothing was asked."))

    def _row(self, asked: questions.Question) -> dict[str, Cell]:
        narrow = {"locale": asked.locale, "question": asked.key, "kind": self.scope.kind}
        narrowed = query(self.scope, **narrow)

        def opens(metric: Metric) -> str:
            return f"{self.address(metric)}?{narrowed}"

        row = {
            "question": Cell(asked.text, lang=asked.locale),
            "locale": Cell(_locale_name(asked.locale)),
            "intents": tables.whole(asked.sums["intents"], url=opens(METRICS["intents"])),
            "before": tables.whole(asked.before),
        }
        for key in _BY_QUESTION:
            metric = METRICS[key]
            row[key] = tables.figure(metric.of(asked.sums, self.minimum), opens(metric))
        return row

    def _note(self) -> str:
        seen = access.audiences(self.request.user)
        others = questions.others(self.scope, seen)
        if not others:
            return ""
        return gettext(
            "Of each day, language and audience the %(kept)s most asked questions are kept by "
            "themselves; %(number)s intents belong to others."
        ) % {"kept": KEPT, "number": tables.whole(others).text}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the addresses of the other lists."""
        data = self.request.GET.copy()
        for name in ("export", "table"):
            data.pop(name, None)
        lists = []
        for name, (label, _column) in questions.ORDERS.items():
            data["list"] = name
            lists.append((label, data.urlencode(), name == self.order))
        return super().get_context_data(lists=lists, **kwargs)


def _locale_name(code: str) -> str:
    return str(dict(settings.LANGUAGES).get(code, code))
