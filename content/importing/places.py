"""Where entries go: locales, front pages, categories."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from content.models import Category, FrontPage

from .drafts import NAMESPACE
from .slugs import ascii_slug

_ALIASES = {
    "zh": "zh-hans",
    "zh-cn": "zh-hans",
    "zh-sg": "zh-hans",
    "zh-tw": "zh-hant",
    "zh-hk": "zh-hant",
    "zh-mo": "zh-hant",
    "en-us": "en",
    "en-gb": "en",
}


class CallError(ValueError):
    """What was asked for cannot be done; the message says why, and nothing was changed."""


def normal_locale(code: str) -> str | None:
    """The site's code of a language, or None where the site does not have it."""
    code = code.strip().lower().replace("_", "-")
    code = _ALIASES.get(code, code)
    return code if code in dict(settings.WAGTAIL_CONTENT_LANGUAGES) else None


def locale_of(code: str) -> Locale:
    """The locale of ``code``. Raises CallError."""
    normal = normal_locale(code)
    if normal is None:
        known = ", ".join(code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES)
        raise CallError(
            _("The site has no language “%(code)s”; it has %(known)s.")
            % {"code": code, "known": known}
        )
    return Locale.objects.get_or_create(language_code=normal)[0]


@dataclass(slots=True)
class Places:
    """Finds categories and, unless ``dry``, makes those that are missing."""

    dry: bool = False
    user: Any = None
    made: list[str] = field(default_factory=list)
    _fronts: dict[str, FrontPage] = field(default_factory=dict)
    _called: dict[tuple[str, str], Page | None] = field(default_factory=dict)
    _known: dict[tuple[str, tuple[str, ...]], Page | None] = field(default_factory=dict)

    def front(self, code: str) -> FrontPage | None:
        """The front page of a language, made where the site has none; None only on a dry run."""
        if code not in self._fronts:
            locale = locale_of(code)
            page = FrontPage.objects.filter(locale=locale).order_by("path").first()
            if page is None:
                self.made.append(f"{code}/")
                if self.dry:
                    return None
                page = _new_front(locale)
            self._fronts[code] = page
        return self._fronts[code]

    def category(self, code: str, name: str) -> Page | None:
        """The category that a person calls ``name``: a slug, a title, or a path with slashes.

        Looked up once a name. Raises CallError.
        """
        if (code, name) not in self._called:
            self._called[code, name] = self._called_so(code, name)
        return self._called[code, name]

    def _called_so(self, code: str, name: str) -> Page | None:
        parts = tuple(p.strip() for p in name.split("/") if p.strip())
        if not parts:
            raise CallError(_("Name a category."))
        if len(parts) == 1:
            locale = locale_of(code)
            found = list(Category.objects.filter(locale=locale, slug=parts[0])[:2]) or list(
                Category.objects.filter(locale=locale, title=parts[0])[:2]
            )
            if len(found) > 1 and (front := self.front(code)):
                found = [
                    page for page in found if page.path[: -Page.steplen] == front.path
                ] or found
            if len(found) > 1:
                raise CallError(
                    _("Several categories are called “%(name)s”; write the path: “parent/name”.")
                    % {"name": name}
                )
            if found:
                return found[0]
        return self.below(self.front(code), code, parts)

    def below(
        self,
        top: Page | None,
        code: str,
        parts: tuple[str, ...],
        fields: Mapping[tuple[str, ...], Mapping[str, Any]] | None = None,
    ) -> Page | None:
        """The category at ``parts`` below ``top``; None only on a dry run where it is missing."""
        page = top
        for depth in range(1, len(parts) + 1):
            path = parts[:depth]
            key = (code, (str(top.pk if top else 0), *path))
            if key not in self._known:
                self._known[key] = self._child(page, code, path, (fields or {}).get(path, {}))
            page = self._known[key]
        return page

    def _child(
        self, parent: Page | None, code: str, path: tuple[str, ...], given: Mapping[str, Any]
    ) -> Page | None:
        name = path[-1]
        if parent is not None:
            children = Category.objects.child_of(parent)
            found = children.filter(slug=name).first() or children.filter(title=name).first()
            if found or (found := children.filter(slug=ascii_slug(name)).first()):
                return found
        self.made.append(f"{code}/{'/'.join(path)}")
        return None if self.dry or parent is None else self._make(parent, path, given)

    def _make(self, parent: Page, path: tuple[str, ...], given: Mapping[str, Any]) -> Category:
        name = path[-1]
        slug = name if given or name == ascii_slug(name) else ascii_slug(name)
        title = given.get("title") or (
            name.replace("-", " ").capitalize() if slug == name else name
        )
        if given.get("translation"):
            key = uuid.UUID(given["translation"])
        else:
            key = uuid.uuid5(NAMESPACE, "category:" + "/".join(path))
        if Category.objects.filter(translation_key=key, locale=parent.locale).exists():
            key = uuid.uuid4()
        category = Category(
            title=title,
            slug=_free(parent, slug),
            locale=parent.locale,
            translation_key=key,
            icon=given.get("icon", ""),
            summary=given.get("summary", ""),
            age_half_life=given.get("age_half_life"),
            live=given.get("live", True),
        )
        # The parent's count of children is read afresh: bulk building changes it behind its back.
        Page.objects.get(pk=parent.pk).add_child(instance=category)
        revision = category.save_revision(user=self.user)
        if category.live:
            revision.publish(user=self.user)
        return category


def _new_front(locale: Locale) -> FrontPage:
    root = Page.get_first_root_node()
    front = FrontPage(
        title=settings.WAGTAIL_SITE_NAME,
        slug=_free(root, locale.language_code),
        locale=locale,
        translation_key=uuid.uuid5(NAMESPACE, "front page"),
    )
    root.add_child(instance=front)
    front.save_revision().publish()
    _serve_from(front)
    return front


def _serve_from(front: FrontPage) -> None:
    """Have the site begin at ``front``, unless it begins at a front page already.

    Until a site is set up it begins at Wagtail's welcome, under which no entry has an address.
    """
    site, _made = Site.objects.get_or_create(
        is_default_site=True, defaults={"root_page": front, "hostname": "localhost"}
    )
    if not FrontPage.objects.filter(pk=site.root_page_id).exists():
        site.root_page = Page.objects.get(pk=front.pk)
        site.save()


def key_of(code: str, name: str) -> str:
    """What stands for a category in the names of sources: its slug, wherever it is moved."""
    page = Places(dry=True).category(code, name)
    return page.slug if page is not None else ascii_slug(name.strip("/ ").split("/")[-1])


def address(page: Page) -> str:
    """The path part of a page's address, with a slash at its end."""
    url = page.get_url()
    return urlsplit(url).path if url else page.url_path


def _free(parent: Page, slug: str) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    number, free = 2, slug
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    return free
