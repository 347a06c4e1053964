"""Search tuning > Proposals: what speaks for each, what it would change, and the decision."""

from __future__ import annotations

from typing import Any

import django_filters
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from content.admin.spreadsheets import TEXT_CELLS
from content.audience import Audience
from content.phrasings import EntryIsLocked
from search.index.tuning.models import Synonym
from search.lookup.tuning.asked import Asked
from search.lookup.tuning.effect import Effect, effect, effect_of_phrasing, in_force
from search.lookup.tuning.proposing import with_row

from . import deciding
from .models import Proposal

policy = ModelPermissionPolicy(Synonym)
SHOWN = 30


def proposals_for(user: Any) -> QuerySet[Proposal]:
    """Proposals whose words and whose answer ``user`` may see."""
    seen = [audience.value for audience in Audience.of(user).visible()]
    return Proposal.objects.filter(audience__in=seen, entry__audience__in=seen).select_related(
        "entry", "decided_by"
    )


class ProposalFilterSet(WagtailFilterSet):
    """Kind, state, language, and whether those with little evidence are shown."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=Proposal.State, empty_label=_("All")
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Proposal.Kind, empty_label=_("All"))
    locale = django_filters.ChoiceFilter(
        label=_("Language"), choices=settings.LANGUAGES, empty_label=_("All")
    )

    class Meta:
        model = Proposal
        fields = ["state", "kind", "locale"]


class ProposalsView(ReportView):
    """The list. Without a filter: what is open and has enough evidence."""

    model = Proposal
    page_title = _("Proposals")
    header_icon = "comment-add"
    template_name = "insights/proposals.html"
    results_template_name = "insights/proposals_results.html"
    index_url_name = "proposals:index"
    index_results_url_name = "proposals:results"
    permission_policy = policy
    permission_required = "change"
    filterset_class = ProposalFilterSet
    is_searchable = True
    search_fields = ["words", "replacement"]
    default_ordering = "-people"
    paginate_by = 25
    columns = [
        TitleColumn("words", label=_("Words"), url_name="proposals:proposal", sort_key="words"),
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("replacement", label=_("Searched for instead")),
        Column("entry", label=_("Answer")),
        NumberColumn("people", label=_("People"), sort_key="people"),
        NumberColumn("searches", label=_("Searches"), sort_key="searches"),
        Column("get_audience_display", label=_("Asked by")),
        Column("locale_name", label=_("Language"), sort_key="locale"),
        StatusTagColumn(
            "get_state_display",
            label=_("State"),
            sort_key="state",
            primary=lambda proposal: proposal.state == Proposal.State.OPEN,
        ),
        Column("decided_by", label=_("Decided by")),
    ]
    list_export = [
        *("words", "kind", "replacement", "entry", "people", "searches", "audience", "locale"),
        *("state", "decided_by", "decided_at"),
    ]
    export_filename = "proposals"
    custom_value_preprocess = TEXT_CELLS

    def get_base_queryset(self) -> QuerySet[Proposal]:
        """What the reader may see."""
        return proposals_for(self.request.user)

    def get_filtered_queryset(self) -> QuerySet[Proposal]:
        """Filtered once; the report's own way filters a second time."""
        return self.get_queryset()

    def filter_queryset(self, queryset: QuerySet[Proposal]) -> QuerySet[Proposal]:
        """As asked; where no state is asked for, what waits for a decision."""
        queryset = super().filter_queryset(queryset)
        if "state" in self.request.GET:
            return queryset
        return queryset.filter(state=Proposal.State.OPEN, worth_a_look=True)

    def order_queryset(self, queryset: QuerySet[Proposal]) -> QuerySet[Proposal]:
        """As asked; equal ones always in the same order."""
        return super().order_queryset(queryset).order_by(self.ordering, "-searches", "pk")


class ProposalView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One proposal with its evidence and its effect."""

    template_name = "insights/proposal.html"
    header_icon = "comment-add"
    permission_policy = policy
    permission_required = "change"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the proposal."""
        super().setup(request, *args, **kwargs)
        self.proposal = get_object_or_404(proposals_for(request.user), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        """The words."""
        return str(self.proposal)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home > Proposals > the words."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("proposals:index"), "label": _("Proposals")},
            {"url": "", "label": str(self.proposal)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows."""
        proposal, user = self.proposal, self.request.user
        seen = [audience.value for audience in Audience.of(user).visible()]
        evidence = proposal.evidence.filter(audience__in=seen).order_by("-created")[:SHOWN]
        is_open = proposal.state == Proposal.State.OPEN
        page = proposal.entry
        return super().get_context_data(
            proposal=proposal,
            evidence=evidence,
            is_open=is_open,
            effect=_effect(proposal, Audience.of(user)) if is_open else None,
            agents_only=deciding.is_agents_only(proposal, page),
            may_edit=page.permissions_for_user(user).can_edit(),
            may_publish=page.permissions_for_user(user).can_publish(),
            **kwargs,
        )


class DecideView(PermissionCheckedMixin, View):
    """The decision; always by POST."""

    http_method_names = ["post"]
    permission_policy = policy
    permission_required = "change"

    def post(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """Do ``action`` (accept, refuse, undo) and say what became of it."""
        proposal = get_object_or_404(proposals_for(request.user), pk=pk)
        try:
            decided = getattr(deciding, action)(proposal, request.user)
        except deciding.DecidedAlready:
            messages.warning(
                request, gettext("Somebody has decided this already. Nothing was changed.")
            )
        except EntryIsLocked:
            messages.error(
                request,
                gettext("The article is locked by somebody. Nothing was changed; try later."),
            )
        except PermissionDenied:
            messages.error(request, gettext("You may not edit this. Nothing was changed."))
        else:
            messages.success(request, _said(decided, action))
        return redirect("proposals:proposal", pk)


def _said(proposal: Proposal, action: str) -> str:
    if action == "refuse":
        return gettext("The proposal is refused.")
    if action == "undo":
        return gettext("The decision is taken back; the proposal is open again.")
    if proposal.kind == Proposal.Kind.SYNONYM:
        return gettext("The synonym is in force.")
    if proposal.in_draft:
        return gettext("The phrasing is in the draft of the article, to be published with it.")
    return gettext("The phrasing is published in a new version of the article.")


def _effect(proposal: Proposal, reader: Audience) -> Effect:
    if proposal.kind == Proposal.Kind.SYNONYM:
        before = in_force()
        return effect(before, with_row(before, deciding.synonym_of(proposal)), reader)
    audience = Audience(proposal.audience)
    own = Asked(
        proposal.words, proposal.locale, audience, proposal.searches, failed=proposal.searches
    )
    agents_only = deciding.is_agents_only(proposal, proposal.entry)
    return effect_of_phrasing(
        proposal.entry_id, proposal.words, agents_only=agents_only, own=own, reader=reader
    )
