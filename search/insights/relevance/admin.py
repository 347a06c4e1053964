"""Search tuning > Relevance tests and Judged queries."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from content.audience import Audience
from content.models import Entry
from search.engine.protocol import EngineFailed
from search.lookup.tuning.viewsets import MENU_HOOK

from . import chart
from .models import JudgedQuery, RelevanceRun
from .running import fallen, run

policy = ModelPermissionPolicy(JudgedQuery)
DRAWN, LISTED, SHOWN = 60, 30, 50


def _seen(user: Any) -> list[str]:
    return [audience.value for audience in Audience.of(user).visible()]


class JudgedQueryIndexView(generic.IndexView):
    """The list: what waits for acceptance can be filtered; nobody sees what others asked who may
    see more."""

    def get_base_queryset(self) -> QuerySet[JudgedQuery]:
        """With the entries: two queries more, however many."""
        seen = JudgedQuery.objects.filter(audience__in=_seen(self.request.user))
        return seen.prefetch_related("judgements__entry")


class AnswersColumn(Column):
    """Entries with their grades."""

    cell_template_name = "insights/judgements_cell.html"


class JudgedQueryViewSet(ModelViewSet):
    """Written by people or accepted from proposals."""

    model = JudgedQuery
    name = "judged_queries"
    url_prefix = "tuning/judged"
    icon = "tasks"
    menu_label = _("Judged queries")
    menu_hook = MENU_HOOK
    menu_order = 70
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 50
    index_view_class = JudgedQueryIndexView
    index_template_name = "tuning/index.html"
    list_display = [
        "text",
        AnswersColumn("judgements", label=_("Answers")),
        Column("get_locale_display", label=_("Language"), sort_key="locale"),
        Column("get_audience_display", label=_("Asked by"), sort_key="audience"),
        Column("get_source_display", label=_("Source"), sort_key="source"),
        NumberColumn("people", label=_("People"), sort_key="people"),
        StatusTagColumn(
            "get_state_display",
            label=_("State"),
            sort_key="state",
            primary=lambda query: query.state == JudgedQuery.State.PROPOSED,
        ),
    ]
    list_filter = ["state", "source", "locale"]
    search_fields = ["text"]
    list_export = ["text", "locale", "audience", "state", "source", "people"]
    export_filename = "judged_queries"
    panels = [
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("locale"), FieldPanel("audience")]),
        InlinePanel("judgements", heading=_("Answers"), min_num=1, max_num=20),
        FieldPanel("state"),
    ]


class RelevanceView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """All runs, drawn and listed; POST runs once more."""

    template_name = "insights/relevance.html"
    page_title = _("Relevance tests")
    header_icon = "history"
    permission_policy = policy
    permission_required = "change"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home > Relevance tests."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The latest runs."""
        runs = list(RelevanceRun.objects.all()[:DRAWN])
        counts = {
            state.value: JudgedQuery.objects.filter(state=state).count()
            for state in (JudgedQuery.State.ACCEPTED, JudgedQuery.State.PROPOSED)
        }
        return super().get_context_data(
            runs=runs[:LISTED],
            lines=chart.lines(runs[::-1]),
            width=chart.WIDTH,
            height=chart.HEIGHT,
            marks=[(n / 4, chart.height(n / 4)) for n in range(5)],
            counts=counts,
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Run all accepted queries now."""
        try:
            made = run(RelevanceRun.Cause.DEMAND)
        except EngineFailed:
            messages.error(
                request, gettext("The index cannot be read at the moment. Nothing was measured.")
            )
            return redirect("relevance:index")
        if made is None:
            messages.warning(
                request, gettext("There is no accepted query with an answer to measure.")
            )
            return redirect("relevance:index")
        return redirect("relevance:run", made.pk)


class RunView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One run: its figures and the queries that fell."""

    template_name = "insights/relevance_run.html"
    header_icon = "history"
    permission_policy = policy
    permission_required = "change"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the run."""
        super().setup(request, *args, **kwargs)
        self.run = get_object_or_404(RelevanceRun.objects.select_related("before"), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        """When it was."""
        return str(self.run)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home > Relevance tests > the run."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("relevance:index"), "label": _("Relevance tests")},
            {"url": "", "label": str(self.run)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each fallen query with what it found before and now."""
        seen = _seen(self.request.user)
        pairs = [p for p in fallen(self.run) if p[1].query.audience in seen][:SHOWN]
        ids = {pk for pair in pairs for result in pair for pk in result.ranking}
        titles = dict(
            Entry.objects.filter(pk__in=ids, audience__in=seen).values_list("pk", "title")
        )
        rows = [
            {
                "query": now.query,
                "before": before.ndcg,
                "now": now.ndcg,
                "was": [titles[pk] for pk in before.ranking[:5] if pk in titles],
                "found": [titles[pk] for pk in now.ranking[:5] if pk in titles],
            }
            for before, now in pairs
        ]
        return super().get_context_data(run=self.run, rows=rows, **kwargs)
