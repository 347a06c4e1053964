"""The ground of a new site: its languages, a front page in each, and an administrator."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from wagtail.models import Locale, Page, Site

from content.models import FrontPage

#: Title and greeting of a front page until somebody writes better ones.
FRONT = {
    "en": ("Help centre", "How can we help?"),
    "zh-hans": ("帮助中心", "有什么可以帮您？"),
    "zh-hant": ("支援中心", "有什麼可以幫您？"),
}


@transaction.atomic
def lay_ground() -> list[FrontPage]:
    """Make what is missing of locales, front pages and site; return the front pages, all of them.

    Wagtail's own welcome page is removed. Doing it again changes nothing.
    """
    fronts = [_front_page(_locale(code)) for code, _ in settings.LANGUAGES]
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    welcome = site.root_page if site.root_page_id else None
    if not welcome or not FrontPage.objects.filter(pk=welcome.pk).exists():
        site.root_page = Page.objects.get(pk=fronts[0].pk)
        site.save()
        if welcome and welcome.specific_class is Page and welcome.depth == 2:
            welcome.delete()
    return fronts


def make_administrator() -> tuple[str, str] | None:
    """Make the first administrator with a password of chance; None where there is one already."""
    users = get_user_model().objects
    if users.filter(is_superuser=True).exists():
        return None
    password = secrets.token_urlsafe(12)
    users.create_superuser("admin", "admin@localhost", password)
    return "admin", password


def _locale(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def _front_page(locale: Locale) -> FrontPage:
    existing = FrontPage.objects.filter(locale=locale, depth=2).first()
    if existing:
        return existing
    source = FrontPage.objects.filter(depth=2).order_by("pk").first()
    title, greeting = FRONT[locale.language_code]
    page = FrontPage(
        title=title, greeting=greeting, slug=f"front-{locale.language_code}", locale=locale
    )
    if source:
        page.translation_key = source.translation_key
    Page.get_first_root_node().add_child(instance=page)
    page.save_revision().publish()
    return page
