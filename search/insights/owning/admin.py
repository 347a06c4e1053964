"""Insights > Owner rules: edited by whoever distributes the work."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from content.admin.choosers import PageChooser
from content.models import Category
from search.insights.admin.access import owners
from search.insights.questions.models import QuestionGroup

from .models import OwnerRule


class OwnerRuleForm(WagtailAdminModelForm):
    """Owners are those who work on gaps; questions those that are asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = QuestionGroup.objects.filter(texts_count__gt=0).order_by("name", "pk")
        self.fields["owner"].queryset = owners()
        self.fields["group"].queryset = asked

    class Meta:
        model = OwnerRule
        fields = ["order", "category", "group", "kind", "owner"]
        widgets = {"category": PageChooser(target_models=[Category])}


class OwnerRuleViewSet(ModelViewSet):
    """The first rule that fits gives a gap that nobody owns to somebody."""

    model = OwnerRule
    name = "owner_rules"
    url_prefix = "insights/owner-rules"
    icon = "user"
    menu_label = _("Owner rules")
    menu_hook = "register_insights_menu_item"
    menu_order = 95
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        Column("__str__", label=_("Gaps")),
        Column("owner", label=_("Owner"), sort_key="owner"),
        Column("order", label=_("Order"), sort_key="order"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[OwnerRuleForm]:
        """The same for both."""
        return OwnerRuleForm


@hooks.register("register_admin_viewset")
def owner_rules() -> ModelViewSet:
    """Insights > Owner rules."""
    return OwnerRuleViewSet("owner_rules")
