"""Makes what tests need, through the same doors as the product: a site, users, entries."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Locale, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from content.models import Article, Category, FaqEntry, FrontPage, Phrasing, Snippet

_number = count(1)


def locale(code: str = "en") -> Locale:
    """The locale with this code."""
    return Locale.objects.get_or_create(language_code=code)[0]


def front_page(code: str = "en") -> FrontPage:
    """The front page of one language; the English one is the site's root."""
    english = FrontPage.objects.filter(locale=locale("en")).first() or _english()
    if code == "en":
        return english
    found = FrontPage.objects.filter(locale=locale(code)).first()
    if found is None:
        found = FrontPage(
            title=f"Help ({code})",
            slug=code,
            locale=locale(code),
            translation_key=english.translation_key,
        )
        Page.get_first_root_node().add_child(instance=found)
    return found


def _english() -> FrontPage:
    root = Page.get_first_root_node()
    page = FrontPage(title="Help", slug="en", locale=locale("en"))
    root.add_child(instance=page)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": page, "site_name": "Help"},
    )
    return page


def category(title: str = "Orders", *, parent: Page | None = None, code: str = "en", **fields: Any):
    """A live category below ``parent`` or the front page of ``code``."""
    parent = parent or front_page(code)
    page = Category(title=title, locale=parent.locale, **fields)
    parent.add_child(instance=page)
    return page


def article(title: str | None = None, *, parent: Page | None = None, **fields: Any) -> Article:
    """A published article; ``body`` may be a Markdown text or a list of blocks."""
    return _entry(Article, title or f"Article {next(_number)}", parent, **fields)


def faq(title: str | None = None, *, parent: Page | None = None, **fields: Any) -> FaqEntry:
    """A published FAQ entry; ``lead`` is its short answer."""
    return _entry(FaqEntry, title or f"Question {next(_number)}?", parent, **fields)


def _entry(
    model: type,
    title: str,
    parent: Page | None,
    *,
    phrasings: tuple[str, ...] = (),
    agents_phrasings: tuple[str, ...] = (),
    live: bool = True,
    code: str = "en",
    **fields: Any,
):
    if parent is None:
        home = front_page(code)
        parent = Category.objects.child_of(home).first() or category(parent=home)
    body = fields.pop("body", "")
    if isinstance(body, str):
        body = [{"type": "markdown", "value": body}] if body else []
    page = model(title=title, locale=parent.locale, live=False, body=body, **fields)
    page.phrasings = [
        Phrasing(text=text, agents_only=hidden, sort_order=order)
        for order, (text, hidden) in enumerate(
            [*((t, False) for t in phrasings), *((t, True) for t in agents_phrasings)]
        )
    ]
    # What refers to what is seen to by the last time that the page is saved.
    with disable_reference_index_auto_update() if live else nullcontext():
        parent.add_child(instance=page)
        revision = page.save_revision(clean=False)  # it just was
    if live:
        revision.publish()
    return model.objects.get(pk=page.pk)


def snippet(
    text: str, *, name: str = "", audience: str = "public", code: str = "en", **fields: Any
) -> Snippet:
    """A reusable snippet of one Markdown text."""
    return Snippet.objects.create(
        name=name or f"snippet-{next(_number)}",
        audience=audience,
        locale=locale(code),
        body=[{"type": "markdown", "value": text}],
        **fields,
    )


def user(name: str = "", *, group: str = "", **fields: Any):
    """A user, in one of the groups (Writers, Reviewers, Agents, Managers, Administrators)."""
    name = name or f"user{next(_number)}"
    made = get_user_model().objects.create_user(name, f"{name}@example.com", "secret", **fields)
    if group:
        made.groups.add(Group.objects.get(name=group))
    return made
