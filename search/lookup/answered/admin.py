"""Search tuning > When meaning answers: the thresholds, drawn, and “calibrate now”."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from search.index import generations
from search.index.tuning.models import Synonym

from .curves import choices, drawing
from .models import AnswerThreshold


class ThresholdsView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One section for each language of the model in use."""

    template_name = "tuning/thresholds.html"
    page_title = _("When meaning answers")
    header_icon = "check"
    permission_policy = ModelPermissionPolicy(Synonym)
    permission_required = "change"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home > When meaning answers."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each row with its drawing, its table and its error rates."""
        model = generations.state().model
        names = dict(settings.LANGUAGES)
        rows = [
            {
                "row": row,
                "language": names.get(row.locale, row.locale),
                "drawing": drawing(row),
                "choices": choices(row),
                "own_refused": row.refused(row.own, row.at),
                "foreign_answered": row.answered(row.foreign, row.at),
                "missing_answered": row.answered(row.missing, row.at),
            }
            for row in AnswerThreshold.objects.filter(model=model)
        ]
        return super().get_context_data(model=model, rows=rows, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Ask for a calibration of all languages; the worker makes it within a minute."""
        AnswerThreshold.objects.filter(model=generations.state().model).update(wanted=True)
        messages.success(request, _t("The worker calibrates all languages within a minute or two."))
        return HttpResponseRedirect(reverse("tuning:thresholds"))
