"""One frequent question: who asked how, and what people decide about it."""

from __future__ import annotations

from typing import Any

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

from content.audience import Audience
from content.models import Entry
from search.engine.protocol import EngineFailed
from search.insights.admin.access import owners
from search.insights.coverage.keeping import check, check_all_in_background
from search.insights.coverage.models import Coverage
from search.insights.questions import deciding
from search.insights.questions.classing import Classifier
from search.insights.questions.models import Kind, QuestionGroup

from . import access

#: Wordings shown from the middle, and from the edge; groups offered for a merge.
SHOWN, OFFERED = 15, 200


class GroupView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Everything known about one frequent question."""

    template_name = "insights/questions/group.html"
    header_icon = "comment"
    permission_policy = access.groups
    permission_required = "view"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the group."""
        super().setup(request, *args, **kwargs)
        self.group = get_object_or_404(
            QuestionGroup.objects.select_related("owner", "merged_into", "gap__joined_into"),
            pk=kwargs["pk"],
        )

    def get_page_title(self) -> str:
        """The question."""
        return self.group.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home > Questions > the question."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("questions:index"), "label": _("Questions")},
            {"url": "", "label": self.group.name},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows."""
        group, may = self.group, access.may_decide(self.request.user)
        near = list(group.texts.order_by("-nearness", "pk")[:SHOWN])
        edge = list(
            group.texts.exclude(pk__in=[text.pk for text in near]).order_by("nearness", "pk")[
                :SHOWN
            ]
        )
        classifier = Classifier.of_site()
        rows = [
            (label, [(text, classifier.classify(text.text)) for text in texts])
            for label, texts in ((_("Near the middle"), near), (_("At the edge"), edge))
            if texts
        ]
        coverage = Coverage.objects.filter(group=group).select_related("entry__locale").first()
        others = QuestionGroup.objects.filter(texts_count__gt=0).exclude(pk=group.pk)
        return super().get_context_data(
            group=group,
            coverage=coverage,
            covering=_seen_by(coverage, self.request.user),
            gap=group.gap and (group.gap.joined_into or group.gap),
            wordings=rows,
            kinds=Kind.choices,
            may_decide=may,
            owners=owners() if may else (),
            others=others.order_by("name").values("pk", "name", "locale")[:OFFERED] if may else (),
            history=group.history.select_related("user")[:50],
            **kwargs,
        )


class DecideView(PermissionCheckedMixin, View):
    """What a person decides about a group; always by POST."""

    http_method_names = ["post"]
    permission_policy = access.groups
    permission_required = "change"

    def post(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """Do ``action`` (check, merge, split, rename, classify, ignore, reopen, assign)."""
        group = get_object_or_404(QuestionGroup, pk=pk)
        try:
            went, said = getattr(self, f"_{action}")(group)
        except EngineFailed:
            messages.error(request, gettext("The search engine does not answer. Try again later."))
            return redirect("questions:group", pk)
        except ValueError:
            messages.error(
                request, gettext("Choose or write something first. Nothing was changed.")
            )
            return redirect("questions:group", pk)
        messages.success(request, said)
        return redirect("questions:group", went.pk)

    def _check(self, group: QuestionGroup) -> tuple[QuestionGroup, str]:
        check(group)
        return group, gettext("The search was asked again.")

    def _merge(self, group: QuestionGroup) -> tuple[QuestionGroup, str]:
        other = QuestionGroup.objects.filter(pk=_number(self.request.POST.get("other"))).first()
        if other is None or other.pk == group.pk:
            raise ValueError("No other group was chosen.")
        deciding.merge(group, [other], self.request.user)
        return group, gettext("Merged. Later groupings keep it so.")

    def _split(self, group: QuestionGroup) -> tuple[QuestionGroup, str]:
        chosen = [_number(value) for value in self.request.POST.getlist("text")]
        made = deciding.split(group, chosen, self.request.user)
        return made, gettext("Split. This is the new group; later groupings keep it apart.")

    def _rename(self, group: QuestionGroup) -> tuple[QuestionGroup, str]:
        deciding.rename(group, self.request.POST.get("name", ""), self.request.user)
        return group, gettext("Renamed.")

    def _classify(self, group: QuestionGroup) -> tuple[QuestionGroup, str]:
        kind = Kind(self.request.POST.get("kind", ""))
        deciding.class_as(group, kind, self.request.user)
        return group, gettext("The class is changed.")

    def _ignore(self, group: QuestionGroup) -> tuple[QuestionGroup, str]:
        deciding.ignore(group, self.request.user, self.request.POST.get("note", "").strip())
        return group, gettext("The question is ignored.")

    def _reopen(self, group: QuestionGroup) -> tuple[QuestionGroup, str]:
        deciding.reopen(group, self.request.user)
        return group, gettext("The question is open again.")

    def _assign(self, group: QuestionGroup) -> tuple[QuestionGroup, str]:
        owner = get_object_or_404(owners(), pk=_number(self.request.POST.get("owner")))
        deciding.assign(group, owner, self.request.user)
        return group, gettext("The question now belongs to %(owner)s.") % {"owner": owner}


class CheckNowView(PermissionCheckedMixin, View):
    """Have the search asked all frequent questions now, in the background."""

    http_method_names = ["post"]
    permission_policy = access.groups
    permission_required = "change"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin."""
        check_all_in_background.enqueue()
        messages.success(request, gettext("The search is being asked; look again soon."))
        return redirect("figures:coverage")


def _seen_by(coverage: Coverage | None, user: Any) -> Entry | None:
    """The entry that answers, where ``user`` may see it."""
    entry = coverage.entry if coverage else None
    return entry if entry and Audience.of(user).sees(entry.audience) else None


def _number(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 19 else 0
