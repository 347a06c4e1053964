"""Who sees alerts, works on them, and hears of them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from .models import Alert, AlertRule, Webhook

alerts = ModelPermissionPolicy(Alert)
rules = ModelPermissionPolicy(AlertRule)
webhooks = ModelPermissionPolicy(Webhook)


def may_see(user: Any) -> bool:
    """Whether ``user`` sees the pages of alerts."""
    return alerts.user_has_any_permission(user, ["view", "change"])


def may_work(user: Any) -> bool:
    """Whether ``user`` acknowledges, assigns and closes alerts."""
    return alerts.user_has_permission(user, "change")


def may_rule(user: Any) -> bool:
    """Whether ``user`` writes rules."""
    return rules.user_has_permission(user, "change")


def readers() -> QuerySet[Any]:
    """Who can be named as a recipient."""
    ids = alerts.users_with_any_permission(["view", "change"]).values("pk")
    return get_user_model().objects.filter(pk__in=ids, is_active=True).order_by("username")


def owners() -> QuerySet[Any]:
    """Who can be given an alert."""
    ids = alerts.users_with_permission("change").values("pk")
    return get_user_model().objects.filter(pk__in=ids, is_active=True).order_by("username")


def recipients(rule: AlertRule, owner: Any = None) -> QuerySet[Any]:
    """Everybody whom the rule names, by person or role, and the owner; once each."""
    named = Q(pk__in=rule.people.values("pk")) | Q(groups__in=rule.roles.values("pk"))
    if owner is not None:
        named |= Q(pk=owner.pk)
    return get_user_model().objects.filter(named, is_active=True).order_by("pk").distinct()


def for_reader(user: Any) -> QuerySet[Alert]:
    """Unfinished alerts that are to be seen on ``user``'s first page."""
    mine = Q(owner=user) | Q(rule__people=user) | Q(rule__roles__in=user.groups.all())
    shown = Alert.objects.filter(mine, in_admin=True).exclude(state=Alert.State.CLOSED)
    return shown.order_by("-begun").distinct()
