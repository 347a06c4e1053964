"""Who works on gaps, and where answers stand."""

from content.models import Category
from tests import factories
from tests.journeys.making import search

__all__ = ["category", "member", "search"]


def category(code: str = "en", title: str = "Orders") -> Category:
    """A live category of one language."""
    return factories.category(title, code=code)


def member(group: str):
    """A signed-in member of one of the house's groups."""
    return factories.user(group.lower(), group=group)
