"""One alert: what was found, who was told, what happened, and what can be done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from content.audience import Audience
from search.insights.alerts import access, states, wording
from search.insights.alerts.models import Alert, Delivery
from search.insights.metrics.calendar import today

SHOWN = 50
#: Characters of a note.
LONGEST = 2_000


class AlertView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Everything known about one alert."""

    template_name = "insights/alerts/alert.html"
    header_icon = "warning"
    permission_policy = access.alerts
    any_permission_required = ["view", "change"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the alert."""
        super().setup(request, *args, **kwargs)
        self.alert = get_object_or_404(
            Alert.objects.select_related("owner", "rule"), pk=kwargs["pk"]
        )
        self.reader = Audience.of(request.user)

    def get_page_title(self) -> str:
        """Its name."""
        return wording.name(self.alert, self.reader)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home > Alerts > its name."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("alerts:alerts"), "label": _("Alerts")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows."""
        alert, user = self.alert, self.request.user
        works = access.may_work(user)
        return super().get_context_data(
            alert=alert,
            name=self.get_page_title(),
            notes=alert.notes if self.reader.sees(alert.words_for) else "",
            lines=wording.lines(alert.found, self.reader),
            narrowed=wording.narrowed(alert.narrowed, self.reader),
            history=alert.steps.select_related("user")[:SHOWN],
            deliveries=alert.deliveries.select_related("user", "webhook")[:SHOWN],
            given_up=alert.deliveries.filter(state=Delivery.State.GIVEN_UP).exists(),
            may_work=works,
            may_rule=access.may_rule(user),
            owners=access.owners() if works else (),
            today=today(),
            longest=LONGEST,
            closed=alert.state == Alert.State.CLOSED,
            **kwargs,
        )


class AlertActionView(PermissionCheckedMixin, View):
    """What a person does with an alert; always by POST."""

    http_method_names = ["post"]
    permission_policy = access.alerts
    permission_required = "change"

    def post(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """Do ``action`` (acknowledge, assign, note, follow_up, close, again)."""
        alert = get_object_or_404(Alert.objects.select_related("owner", "rule"), pk=pk)
        getattr(self, f"_{action}")(alert)
        return redirect("alerts:alert", pk)

    def _acknowledge(self, alert: Alert) -> None:
        states.acknowledge(alert, self.request.user)
        messages.success(self.request, gettext("You have acknowledged the alert."))

    def _assign(self, alert: Alert) -> None:
        owner = get_object_or_404(access.owners(), pk=self._number("owner"))
        states.assign(alert, owner, self.request.user)
        messages.success(
            self.request, gettext("The alert now belongs to %(owner)s.") % {"owner": owner}
        )

    def _note(self, alert: Alert) -> None:
        text = self._text()
        if not text:
            messages.warning(self.request, gettext("Write something first."))
            return
        states.note(alert, self.request.user, text)
        messages.success(self.request, gettext("The note is kept."))

    def _follow_up(self, alert: Alert) -> None:
        given = self.request.POST.get("day", "").strip()
        try:
            day = date.fromisoformat(given) if given else None
        except ValueError:
            messages.error(self.request, gettext("This is no day. Nothing was changed."))
            return
        if day and day < today():
            messages.error(self.request, gettext("This day has passed. Nothing was changed."))
            return
        states.follow_up(alert, self.request.user, day)
        messages.success(self.request, gettext("The follow-up is kept."))

    def _close(self, alert: Alert) -> None:
        states.close(alert, self.request.user, self._text())
        messages.success(self.request, gettext("The alert is closed."))

    def _again(self, alert: Alert) -> None:
        given_up = alert.deliveries.filter(state=Delivery.State.GIVEN_UP)
        number = given_up.update(
            state=Delivery.State.WAITING, attempts=0, due=timezone.now(), error=""
        )
        messages.success(
            self.request, gettext("%(number)s messages are sent again.") % {"number": number}
        )

    def _text(self) -> str:
        return self.request.POST.get("note", "").strip()[:LONGEST]

    def _number(self, name: str) -> int:
        given = self.request.POST.get(name, "")
        return int(given) if given.isdecimal() and len(given) < 18 else 0
