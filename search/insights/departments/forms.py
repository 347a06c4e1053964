"""What can be chosen in the editors of departments and touchpoints."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from wagtail.admin.forms import WagtailAdminModelForm

from search.insights.questions.models import QuestionGroup


class DepartmentForm(WagtailAdminModelForm):
    """People are those who can sign in to the admin."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("people"):
            people = get_user_model().objects.with_perm("wagtailadmin.access_admin")
            field.queryset = people.order_by("username")  # type: ignore[attr-defined]


class RuleForm(WagtailAdminModelForm):
    """Frequent questions are those that are asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("group"):
            asked = QuestionGroup.objects.filter(texts_count__gt=0)
            field.queryset = asked.order_by("name", "pk")  # type: ignore[attr-defined]
