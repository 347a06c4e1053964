"""Drafts to pages: new ones for bulk building, new versions of those that are there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from content.models import Article, Entry, FaqEntry, Phrasing, Product

from .bulk import NewPage
from .drafts import EntryDraft, Problem
from .slugs import ascii_slug
from .streams import Lookups, to_stream


@dataclass(slots=True)
class Surroundings:
    """Everything that drafts name, by name."""

    lookups: Lookups
    locales: dict[str, Locale]
    products: dict[str, Product] = field(default_factory=dict)
    users: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls, drafts: Iterable[EntryDraft], lookups: Lookups, problems: list[Problem]
    ) -> Surroundings:
        """Look up (products: make) what ``drafts`` name; report people who are not there."""
        drafts = list(drafts)
        names = {n for d in drafts for n in (d.owner, d.backup_owner, d.verified_by) if n}
        model: Any = get_user_model()
        users = {u.get_username(): u for u in model.objects.filter(username__in=names)}
        for name in sorted(names - set(users)):
            reason = _("There is no user “%(name)s”; the entries are left without.") % {
                "name": name
            }
            problems.append(Problem(name, 0, reason))
        return cls(
            lookups,
            {locale.language_code: locale for locale in Locale.objects.all()},
            products({p for d in drafts for p in d.products}),
            users,
        )


def products(names: Iterable[str]) -> dict[str, Product]:
    """Products by slug or name; those that are missing are made."""
    found: dict[str, Product] = {}
    known = list(Product.objects.all())
    for product in known:
        found[product.name] = product
    for product in known:
        found[product.slug] = product
    for name in sorted(set(names) - set(found)):
        slug = ascii_slug(name)
        found[name] = found.get(slug) or Product.objects.create(name=name[:100], slug=slug)
        found[slug] = found[name]
    return found


def new_page(
    draft: EntryDraft, slug: str, parent: Page, around: Surroundings, user: Any = None
) -> NewPage:
    """A page for ``draft`` of ``user``'s, ready to be built below ``parent``."""
    model = FaqEntry if draft.kind == "faq" else Article
    page = model(
        slug=slug,
        locale=around.locales[draft.locale],
        translation_key=draft.translation_key(),
        live=draft.live,
        owner=user,
        first_published_at=draft.published if draft.live else None,
        **_values(draft, around),
    )
    return NewPage(page, parent, _phrasings(draft), _products(draft, around))


def renew(
    page: Any, draft: EntryDraft, around: Surroundings, user: Any = None, *, publish: bool = True
) -> None:
    """A new version of ``page``, live if the page is (unless it is not to be published).

    What it was stays in its history.
    """
    for name, value in _values(draft, around).items():
        setattr(page, name, value)
    page.phrasings = _phrasings(draft)
    page.products = _products(draft, around)
    revision = page.save_revision(user=user, log_action=True, clean=False)
    if page.live and publish:
        revision.publish(user=user)


def _values(draft: EntryDraft, around: Surroundings) -> dict[str, Any]:
    seed = f"{draft.source or draft.translation}"
    body = to_stream(draft.body, seed=seed, locale=draft.locale, lookups=around.lookups)
    return {
        "title": draft.title,
        "lead": draft.lead,
        "body": json.dumps(body, ensure_ascii=False),
        "audience": draft.audience,
        "confidence": draft.confidence,
        "keywords": "\n".join(draft.keywords),
        "verify_by": draft.verify_by,
        "responsible": around.users.get(draft.owner),
        "backup_owner": around.users.get(draft.backup_owner),
        "seo_title": draft.seo_title,
        "search_description": draft.search_description,
        "go_live_at": draft.go_live_at,
        "expire_at": draft.expire_at,
        **(
            {"verified_at": draft.verified_at, "verified_by": around.users.get(draft.verified_by)}
            if draft.exported
            else {}
        ),
    }


def _phrasings(draft: EntryDraft) -> list[Phrasing]:
    return [Phrasing(text=p.text, agents_only=p.agents_only) for p in draft.phrasings]


def _products(draft: EntryDraft, around: Surroundings) -> list[Product]:
    return list({p.pk: p for p in (around.products[n] for n in draft.products)}.values())


def markdown_leads(draft: EntryDraft) -> list[str]:
    """The lead where it is Markdown: FAQ entries only."""
    return [draft.lead] if draft.kind == "faq" and draft.lead else []


__all__ = ["Entry", "Surroundings", "markdown_leads", "new_page", "products", "renew"]
