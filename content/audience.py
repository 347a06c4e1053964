"""Audience: who may see a text. The one rule, used by every query, page and cache key."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """The four audiences, from the widest to the narrowest; each sees all those before it."""

    PUBLIC = "public", _("Public")
    CUSTOMERS = "customers", _("Signed-in customers")
    AGENTS = "agents", _("Agents")
    INTERNAL = "internal", _("Internal")

    @property
    def level(self) -> int:
        """0 (public) to 3 (internal)."""
        return _LEVELS[self.value]

    def sees(self, other: Audience | str) -> bool:
        """Whether a reader of this audience may see a text meant for ``other``."""
        return self.level >= _LEVELS[str(other)]

    def visible(self) -> list[Audience]:
        """The audiences whose texts a reader of this one may see."""
        return [a for a in Audience if self.sees(a)]

    @classmethod
    def of(cls, user: Any) -> Audience:
        """The audience that ``user`` (a user, anonymous or None) belongs to."""
        if user is None or not user.is_authenticated:
            return cls.PUBLIC
        if user.has_perm("content.see_internal"):
            return cls.INTERNAL
        if user.has_perm("content.see_agents"):
            return cls.AGENTS
        return cls.CUSTOMERS

    @classmethod
    def narrower(cls, one: Audience | str, other: Audience | str) -> Audience:
        """The narrower of two: who may see a text of one audience inside a text of the other."""
        return max(cls(one), cls(other), key=lambda a: a.level)


_LEVELS = {value: level for level, value in enumerate(Audience.values)}
