"""Which groups see Insights: writers and reviewers, managers, administrators."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions

_READERS = ("Writers", "Reviewers", "Managers", "Administrators")
_PERMISSIONS = (
    *("view_gap", "change_gap", "view_bucket", "view_questiongroup", "change_questiongroup"),
    *("view_classword", "add_classword", "change_classword", "delete_classword"),
    *("view_alert", "view_alertrule"),
)
_JUDGING = ("add_judgedquery", "change_judgedquery", "delete_judgedquery", "view_judgedquery")
#: Rights on alerts of those who own them.
_ALERTS = (
    ("insights", "change_alert"),
    *(
        ("insights", f"{act}_{of}")
        for of in ("alertrule", "webhook")
        for act in ("add", "change", "delete")
    ),
    ("insights", "change_alertsettings"),
)
#: Who distributes the work.
_OWNERS = tuple(("insights", f"{act}_ownerrule") for act in ("view", "add", "change", "delete"))
#: Who says which department owns what.
_DEPARTMENTS = tuple(
    ("insights", f"{act}_{of}")
    for of in ("department", "touchpoint")
    for act in ("view", "add", "change", "delete")
)
#: What only these groups have, as (room, permission).
_MORE = {
    "Managers": (
        ("insights", "add_questionimport"),
        ("insights", "view_questionimport"),
        ("insights", "overview_bucket"),
        *_ALERTS,
        *_OWNERS,
        *_DEPARTMENTS,
        ("journeys", "view_contact"),
        ("journeys", "change_contact"),
    ),
    "Administrators": (
        ("insights", "add_questionimport"),
        ("insights", "view_questionimport"),
        ("insights", "overview_bucket"),
        *_ALERTS,
        *_OWNERS,
        *_DEPARTMENTS,
        ("insights", "change_figuresettings"),
        ("journeys", "view_contact"),
        ("journeys", "change_contact"),
        ("journeys", "change_journeysettings"),
    ),
}


def grant(sender: AppConfig, **kwargs: Any) -> None:
    """Give the groups their permissions, after each migration; repeating it changes nothing."""
    from django.apps import apps
    from django.contrib.auth.models import Group, Permission

    for config in (sender, apps.get_app_config("journeys")):
        create_permissions(config, verbosity=0, using=kwargs.get("using", "default"))
    see = Permission.objects.filter(
        content_type__app_label="insights", codename__in=(*_PERMISSIONS, *_JUDGING)
    )
    for name in _READERS:
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*see)
        for room, codename in _MORE.get(name, ()):
            group.permissions.add(
                Permission.objects.get(content_type__app_label=room, codename=codename)
            )
