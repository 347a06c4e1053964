"""Who sees frequent questions, decides about them, and imports."""

from __future__ import annotations

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from search.insights.questions.models import QuestionGroup, QuestionImport

groups = ModelPermissionPolicy(QuestionGroup)
imports = ModelPermissionPolicy(QuestionImport)


def may_see(user: Any) -> bool:
    """Whether ``user`` sees the pages."""
    return bool(groups.user_has_permission(user, "view"))


def may_decide(user: Any) -> bool:
    """Whether ``user`` merges, splits, renames, ignores and assigns."""
    return bool(groups.user_has_permission(user, "change"))


def may_import(user: Any) -> bool:
    """Whether ``user`` brings in questions and has them grouped."""
    return bool(imports.user_has_permission(user, "add"))
