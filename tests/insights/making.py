"""Failed searches and the people who work on them."""

from django.contrib.auth.models import Group, User
from wagtail.models import Locale, Page

from content.models import Category, FrontPage
from tests.journeys.making import search

__all__ = ["category", "member", "search"]


def category(code: str = "en", title: str = "Orders") -> Category:
    """A live category below the front page of one language."""
    locale, _ = Locale.objects.get_or_create(language_code=code)
    front = FrontPage.objects.filter(locale=locale).first()
    if front is None:
        root = Page.get_first_root_node()
        front = root.add_child(instance=FrontPage(title=code, slug=code, locale=locale))
    return front.add_child(instance=Category(title=title, locale=locale))


def member(group: str) -> User:
    """A signed-in member of one of the house's groups."""
    user = User.objects.create(username=group.lower(), email=f"{group.lower()}@example.com")
    user.groups.add(Group.objects.get(name=group))
    return user
