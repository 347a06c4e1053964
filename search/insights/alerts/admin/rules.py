"""Rules and webhooks: lists, editors, and the preview of what is not saved yet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet

from content.audience import Audience
from search.insights.alerts import access, preview, sending, watching, wording
from search.insights.alerts.models import AlertRule, Delivery, Webhook


def _asked(rule: AlertRule) -> str:
    """Its conditions in one sentence."""
    lines = wording.lines(watching.describe(rule), Audience.PUBLIC)
    return "; ".join(f"{line.joined} {line.asks}".strip() for line in lines)


_CONDITION = [
    FieldRowPanel([FieldPanel("joined"), FieldPanel("measure")]),
    FieldPanel("gap"),
    FieldPanel("question"),
    FieldRowPanel([FieldPanel("comparison"), FieldPanel("operator"), FieldPanel("threshold")]),
    FieldRowPanel([FieldPanel("hours"), FieldPanel("minimum")]),
]


class RulesIndexView(generic.IndexView):
    """The list: with conditions and owners, in the same number of queries however many."""

    def get_base_queryset(self) -> QuerySet[AlertRule]:
        """Rules whose names the reader may see."""
        seen = [audience.value for audience in Audience.of(self.request.user).visible()]
        rules = AlertRule.objects.filter(words_for__in=seen)
        return rules.select_related("owner").prefetch_related("conditions")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home > Alerts > Rules."""
        home, *rest = super().get_breadcrumbs_items()
        return [home, {"url": reverse("alerts:alerts"), "label": _("Alerts")}, *rest]


class RuleViewSet(ModelViewSet):
    """Rules, edited by managers."""

    model = AlertRule
    name = "alert_rules"
    url_prefix = "insights/alert-rules"
    icon = "warning"
    menu_label = _("Alert rules")
    copy_view_enabled = True
    index_view_class = RulesIndexView
    create_template_name = "insights/alerts/rule_form.html"
    edit_template_name = "insights/alerts/rule_form.html"
    list_display = [
        "name",
        Column("get_level_display", label=_("Level"), sort_key="level"),
        Column("asked", label=_("Conditions"), accessor=_asked),
        Column("owner", label=_("Owner")),
        BooleanColumn("active", label=_("Active"), sort_key="active"),
    ]
    list_filter = ["level", "active"]
    search_fields = ["name"]
    ordering = "name"
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("level"), FieldPanel("active")]),
        InlinePanel(
            "conditions",
            heading=_("Conditions"),
            label=_("Condition"),
            min_num=1,
            max_num=10,
            panels=_CONDITION,
        ),
        FieldPanel("lasting"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("locale"), FieldPanel("channel")]),
                FieldRowPanel([FieldPanel("category"), FieldPanel("audience")]),
            ],
            heading=_("Only"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("owner"),
                FieldPanel("people", widget=forms.CheckboxSelectMultiple),
                FieldPanel("roles", widget=forms.CheckboxSelectMultiple),
                FieldRowPanel([FieldPanel("by_mail"), FieldPanel("in_admin")]),
                FieldPanel("webhooks", widget=forms.CheckboxSelectMultiple),
                FieldRowPanel([FieldPanel("keeps_quiet"), FieldPanel("tells_end")]),
            ],
            heading=_("Who is told"),
        ),
        MultiFieldPanel([FieldPanel("notes"), FieldPanel("words_for")], heading=_("Words")),
    ]


RULES = RuleViewSet()


class PreviewView(PermissionCheckedMixin, View):
    """How often the rule in the form would have opened an alert; nothing is saved."""

    http_method_names = ["post"]
    permission_policy = access.rules
    any_permission_required = ["add", "change"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """The drawing and its table, or what is wrong with the form."""
        form_class: Any = RULES.get_form_class()
        form = form_class(request.POST, instance=AlertRule(), for_user=request.user)
        template = "insights/alerts/preview.html"
        if not form.is_valid():
            return render(request, template, {"errors": list(_errors(form))})
        rule = form.save(commit=False)
        shown = preview.preview(rule)
        return render(request, template, {"preview": shown, "days": preview.DAYS})


def _errors(form: Any) -> Any:
    for name, found in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        yield f"{label}: {' '.join(found)}" if label else " ".join(found)
    for formset in form.formsets.values():
        yield from formset.non_form_errors()
        for number, row in enumerate(formset.forms, 1):
            for name, found in row.errors.items():
                label = row.fields[name].label if name in row.fields else ""
                yield gettext("Condition %(number)s, %(label)s: %(error)s") % {
                    "number": number, "label": label, "error": " ".join(found),
                }  # fmt: skip


class WebhookViewSet(ModelViewSet):
    """Webhooks; of an address only the host is listed, of a secret nothing."""

    model = Webhook
    name = "alert_webhooks"
    url_prefix = "insights/alert-webhooks"
    icon = "link"
    menu_label = _("Webhooks")
    copy_view_enabled = False
    edit_template_name = "insights/alerts/webhook_form.html"
    list_display = [
        "name",
        Column("host", label=_("Host")),
        Column("get_audience_display", label=_("Its readers")),
        BooleanColumn("active", label=_("Active")),
    ]
    ordering = "name"
    panels = [
        FieldPanel("name"),
        FieldPanel("url"),
        FieldPanel("secret"),
        FieldPanel("audience"),
        FieldPanel("active"),
    ]


class WebhookTestView(PermissionCheckedMixin, View):
    """Sends a message that says nothing, once, now."""

    http_method_names = ["post"]
    permission_policy = access.webhooks
    permission_required = "change"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Try, and say what came of it."""
        webhook = get_object_or_404(Webhook, pk=pk)
        if not webhook.active:
            raise PermissionDenied
        row = Delivery.objects.create(
            event=Delivery.Event.TEST, webhook=webhook, attempts=1, due=sending.lease()
        )
        sending.send(row)
        if row.state == Delivery.State.SENT:
            messages.success(request, gettext("The receiver has taken the test message."))
        else:
            messages.error(request, row.error)
        return redirect("alert_webhooks:edit", pk)
