"""Rules of the demonstration's manager, in the language of the site."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _

from content.roles import WRITERS
from search.insights.alerts.models import Alert, AlertRule, Condition, Level

from . import ADDRESS

_OVER = Condition.Operator.ABOVE
_CHANGE = Condition.Comparison.CHANGE


def make_rules() -> None:
    """Three rules, owned by the manager where there is one; repeating it makes none."""
    owner = get_user_model().objects.filter(username="manager", email__endswith=ADDRESS).first()
    if owner is None or AlertRule.objects.filter(owner=owner).exists():
        return
    writers = list(Group.objects.filter(name=WRITERS))
    for fields, conditions in _rules():
        rule = AlertRule(owner=owner, **fields)
        rule.conditions = [
            Condition(sort_order=number, **given) for number, given in enumerate(conditions)
        ]
        rule.roles = writers
        rule.save()


def _rules() -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    return [
        (
            {
                "name": _("Many searches without an answer"),
                "level": Level.WARNING,
                "notes": _("Look at the gaps that grow, and at what was published last."),
            },
            [
                {"measure": "no_answer", "operator": _OVER, "threshold": 40, "hours": 72},
                {
                    "measure": "no_answer", "operator": _OVER, "threshold": 10, "hours": 168,
                    "comparison": _CHANGE, "joined": Condition.Joined.OR,
                },
            ],
        ),
        (
            {"name": _("One question is asked in vain by many"), "level": Level.NOTICE},
            [{"measure": "group_intents", "threshold": 5, "hours": 168, "minimum": 1}],
        ),
        (
            {"name": _("More people turn to a person"), "level": Level.CRITICAL, "lasting": 3},
            [
                {
                    "measure": "contacts", "threshold": 50, "hours": 168, "minimum": 10,
                    "comparison": _CHANGE,
                }
            ],
        ),
    ]  # fmt: skip


def clear_rules() -> None:
    """Remove the rules of the demonstration's people, and the alerts that they opened."""
    ours = AlertRule.objects.filter(owner__email__endswith=ADDRESS)
    Alert.objects.filter(rule__in=ours).delete()
    ours.delete()
