"""One gap: evidence, trend, proof and history, and what can be done about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from content.models import Category
from search.insights import answers, states, verification
from search.insights.examples import examples_of
from search.insights.figures import impact, weekly_bars
from search.insights.models import Gap, QuestionGroup, State

from . import access
from .diagnosis import DiagnosisActions, diagnosis_for
from .joined import JoinActions, joined_for
from .linking import LinkForm
from .outcome import outcome_for

SHOWN = 50


class GapView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Everything known about one gap."""

    template_name = "insights/gap.html"
    header_icon = "warning"
    permission_policy = access.policy
    permission_required = "view"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the gap."""
        super().setup(request, *args, **kwargs)
        self.gap = get_object_or_404(
            Gap.objects.select_related("owner", "owner_rule", "entry__locale", "joined_into"),
            pk=kwargs["pk"],
        )

    def get_page_title(self) -> str:
        """The question."""
        return self.gap.question

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home > Gaps > the question."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("insights:gaps"), "label": _("Gaps")},
            {"url": "", "label": self.gap.question},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows."""
        gap, user = self.gap, self.request.user
        history = list(gap.history.select_related("user")[:SHOWN])
        categories = answers.categories_for(gap)
        return super().get_context_data(
            gap=gap,
            groups=QuestionGroup.objects.filter(
                Q(gap=gap) | Q(gap__joined_into=gap), texts_count__gt=0
            ).select_related("coverage"),
            people_a_week=impact(gap.week_people, gap.weeks),
            contacts_a_week=impact(gap.week_contacts, gap.weeks),
            bars=weekly_bars(gap),
            examples=examples_of(gap, SHOWN),
            evidence=gap.evidence.order_by("-created")[:SHOWN],
            history=history,
            proof=next((step.data for step in history if step.data), None),
            may_work=access.may_work(user) and gap.joined_into_id is None,
            owners=access.owners() if access.may_work(user) else (),
            categories=categories,
            likely_category=answers.likely_category(gap, categories),
            link_form=LinkForm(user=user) if access.may_work(user) else None,
            finished=gap.state in (State.CLOSED, State.IGNORED),
            **diagnosis_for(gap, user),
            **outcome_for(gap),
            **joined_for(gap),
            **kwargs,
        )


class GapActionView(DiagnosisActions, JoinActions, PermissionCheckedMixin, View):
    """What a person decides about a gap; always by POST."""

    http_method_names = ["post"]
    permission_policy = access.policy
    permission_required = "change"

    def post(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """Do ``action`` (take, write, diagnose …) and go on to the work."""
        gaps = Gap.objects.filter(joined_into=None).select_related("owner", "entry")
        gap = get_object_or_404(gaps, pk=pk)
        return getattr(self, f"_{action}")(gap)

    def _take(self, gap: Gap) -> HttpResponse:
        states.take(gap, self.request.user)
        return self._back(gap, gettext("The gap is yours."))

    def _assign(self, gap: Gap) -> HttpResponse:
        given = self.request.POST.get("owner", "")
        owner = (
            access.owners().filter(pk=given).first()
            if given.isdecimal() and len(given) < 19
            else None
        )
        if owner is None:
            messages.error(
                self.request, gettext("Choose or write something first. Nothing was changed.")
            )
            return redirect("insights:gap", gap.pk)
        states.assign(gap, owner, self.request.user)
        return self._back(gap, gettext("The gap now belongs to %(owner)s.") % {"owner": owner})

    def _ignore(self, gap: Gap) -> HttpResponse:
        states.ignore(gap, self.request.user, self.request.POST.get("note", "").strip())
        return self._back(gap, gettext("The gap is ignored."))

    def _comment(self, gap: Gap) -> HttpResponse:
        text = self.request.POST.get("comment", "").strip()
        if not text:
            messages.error(self.request, gettext("Write the comment first."))
            return redirect("insights:gap", gap.pk)
        states.comment(gap, self.request.user, text)
        return self._back(gap, gettext("The comment is kept in the history."))

    def _due(self, gap: Gap) -> HttpResponse:
        given = self.request.POST.get("due", "").strip()
        try:
            due = date.fromisoformat(given) if given else None
        except ValueError:
            messages.error(self.request, gettext("This is no date."))
            return redirect("insights:gap", gap.pk)
        states.set_due(gap, due, self.request.user)
        return self._back(gap, gettext("The due date is set."))

    def _reopen(self, gap: Gap) -> HttpResponse:
        states.reopen(gap, self.request.user)
        return self._back(gap, gettext("The gap is open again."))

    def _write(self, gap: Gap) -> HttpResponse:
        category = self._category(gap)
        try:
            entry = answers.write_answer(gap, self.request.user, category)
        except answers.NoCategoryError:
            messages.error(
                self.request,
                gettext(
                    "There is no category in this language yet. Make one, then write the answer."
                ),
            )
            return redirect("insights:gap", gap.pk)
        return redirect("wagtailadmin_pages:edit", entry.pk)

    def _link(self, gap: Gap) -> HttpResponse:
        form = LinkForm(self.request.POST, user=self.request.user)
        if not form.is_valid():
            messages.error(self.request, " ".join(map(str, form.errors["entry"])))
            return redirect("insights:gap", gap.pk)
        verification.link(gap, form.cleaned_data["entry"], self.request.user)
        if gap.state == State.CLOSED:
            return self._back(gap, gettext("The entry answers the searches: the gap is closed."))
        if gap.state == State.VERIFYING:
            return self._back(
                gap,
                gettext("The entry is linked. The searches are being replayed; look again soon."),
            )
        messages.warning(
            self.request,
            gettext("The entry is linked, but not all searches find it yet. The proof names them."),
        )
        return redirect("insights:gap", gap.pk)

    def _category(self, gap: Gap) -> Category | None:
        categories = answers.categories_for(gap)
        chosen = self.request.POST.get("category", "")
        category = next((c for c in categories if str(c.pk) == chosen), None)
        category = category or answers.likely_category(gap, categories)
        if category and not category.permissions_for_user(self.request.user).can_add_subpage():
            raise PermissionDenied
        return category

    def _back(self, gap: Gap, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return redirect("insights:gap", gap.pk)
