"""The demonstration's people. Their passwords are known to everybody, so never on a real site."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from content.roles import AGENTS, MANAGERS, REVIEWERS, WRITERS

from . import ADDRESS

#: Name -> (group or "", first name, what they do).
PEOPLE = {
    "admin": ("", "Ada", "administrator"),
    "writer": (WRITERS, "Wen", "technical writer"),
    "reviewer": (REVIEWERS, "Rui", "reviewer"),
    "agent": (AGENTS, "An", "agent, for the desk"),
    "manager": (MANAGERS, "Min", "manager"),
    "customer": ("", "Ka", "signed-in customer"),
}


def is_production() -> bool:
    """Whether others may reach the site: everywhere but under the settings that say otherwise."""
    return not getattr(settings, "DOCUMENTED_PASSWORDS", False)


def password_of(name: str) -> str:
    """Documented where only this machine reaches the site, else made of chance."""
    return secrets.token_urlsafe(12) if is_production() else f"demo-{name}"


def make_users() -> list[tuple[str, str, str]]:
    """Make those who are missing; returns (name, password, role) of those that were made."""
    made = []
    users = get_user_model().objects
    for name, (group, first_name, role) in PEOPLE.items():
        taken = users.filter(username=name).exists()
        if taken or (name == "admin" and users.filter(is_superuser=True).exists()):
            continue
        password = password_of(name)
        fields: dict[str, Any] = {"email": name + ADDRESS, "first_name": first_name}
        if name == "admin":
            users.create_superuser(name, password=password, **fields)
        else:
            user = users.create_user(name, password=password, **fields)
            user.groups.set(Group.objects.filter(name=group))
        made.append((name, password, role))
    return made


def logins() -> list[tuple[str, str, str]]:
    """(name, password, role) of the demonstration's people who are here; none in production."""
    if is_production():
        return []
    here = get_user_model().objects.filter(username__in=PEOPLE, email__endswith=ADDRESS)
    names = set(here.values_list("username", flat=True))
    return [(name, f"demo-{name}", row[2]) for name, row in PEOPLE.items() if name in names]
