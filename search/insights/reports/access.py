"""Who sees which figures."""

from __future__ import annotations

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from content.audience import Audience
from search.insights.metrics.models import Bucket

policy = ModelPermissionPolicy(Bucket)
#: Actions of the policy.
FIGURES, OVERVIEW = "view", "overview"


def sees(action: str):
    """A test of users for menu items."""
    return lambda user: policy.user_has_permission(user, action)


def audiences(user: Any) -> list[str]:
    """The audiences whose words ``user`` may read."""
    return [audience.value for audience in Audience.of(user).visible()]
