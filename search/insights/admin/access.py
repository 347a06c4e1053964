"""Who sees Insights and who works on gaps."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from search.insights.models import Gap

policy = ModelPermissionPolicy(Gap)


def may_see(user: Any) -> bool:
    """Whether ``user`` sees the pages of Insights."""
    return policy.user_has_permission(user, "view")


def may_work(user: Any) -> bool:
    """Whether ``user`` takes, assigns, ignores and answers gaps."""
    return policy.user_has_permission(user, "change")


def owners() -> QuerySet[AbstractBaseUser]:
    """Who can be given a gap."""
    ids = policy.users_with_permission("change").values("pk")
    return get_user_model().objects.filter(pk__in=ids, is_active=True).order_by("username")
