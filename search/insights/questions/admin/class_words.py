"""Class words, edited by people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from search.insights.questions.models import ClassWord


class ClassWordViewSet(ModelViewSet):
    """Insights > Class words."""

    model = ClassWord
    name = "class_words"
    url_prefix = "insights/class-words"
    icon = "tag"
    menu_label = _("Class words")
    menu_hook = "register_insights_menu_item"
    menu_order = 90
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 50
    form_fields = ["kind", "words", "weight"]
    list_display = [
        "words",
        Column("get_kind_display", label=_("Class"), sort_key="kind"),
        "weight",
    ]
    list_filter = ["kind"]
    search_fields = ["words"]
