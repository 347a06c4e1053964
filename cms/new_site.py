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

    Wagtail's own welcome page is removed, and a front page that an import made for want of one gets
    its words. Doing it again changes nothing.
    """
    fronts = [_front_page(_locale(code)) for code, _ in settings.LANGUAGES]
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    if not _begins_at_a_front_page(site):
        site.root_page = Page.objects.get(pk=fronts[0].pk)
        site.save()
    for page in Page.objects.filter(depth=2, slug="home", numchild=0):
        if page.specific_class is Page:
            page.delete()
    return fronts


def is_laid() -> bool:
    """Whether nothing is missing of what `lay_ground` and `make_administrator` make."""
    here = set(FrontPage.objects.filter(depth=2).values_list("locale__language_code", flat=True))
    site = Site.objects.filter(is_default_site=True).first()
    return (
        here >= {code for code, _ in settings.LANGUAGES}
        and site is not None
        and _begins_at_a_front_page(site)
        and get_user_model().objects.filter(is_superuser=True).exists()
    )


def _begins_at_a_front_page(site: Site) -> bool:
    return FrontPage.objects.filter(pk=site.root_page_id).exists()


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
    title, greeting = FRONT[locale.language_code]
    existing = FrontPage.objects.filter(locale=locale, depth=2).first()
    if existing:
        if existing.title == settings.WAGTAIL_SITE_NAME and not existing.greeting:
            existing.title, existing.greeting = title, greeting
            existing.save_revision().publish()
        return existing
    source = FrontPage.objects.filter(depth=2).order_by("pk").first()
    page = FrontPage(
        title=title, greeting=greeting, slug=f"front-{locale.language_code}", locale=locale
    )
    if source:
        page.translation_key = source.translation_key
    Page.get_first_root_node().add_child(instance=page)
    page.save_revision().publish()
    return page
