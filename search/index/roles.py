"""Who tunes the search: all who write, review or manage."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions

_TUNERS = ("Writers", "Reviewers", "Managers", "Administrators")
_MODELS = ("synonym", "dictionaryword", "pin")


def grant(sender: AppConfig, **kwargs: Any) -> None:
    """Give the groups their permissions, after each migration; repeating it changes nothing."""
    from django.contrib.auth.models import Group, Permission

    create_permissions(sender, verbosity=0, using=kwargs.get("using", "default"))
    tune = Permission.objects.filter(
        content_type__app_label=sender.label, content_type__model__in=_MODELS
    )
    for name in _TUNERS:
        Group.objects.get_or_create(name=name)[0].permissions.add(*tune)
