"""The same articles as ours, below as many shelves, with an editor."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from tests.bench.corpora import MadeArticle, articles

from .models import Article, Shelf

SHELVES = 20
EDITOR = "bench"


def fill(size: int) -> None:
    """Make all of it, in one transaction, where it is not there yet."""
    call_command("migrate", verbosity=0, interactive=False)
    if Article.objects.count() == size:
        return
    with transaction.atomic():
        shelves = _shelves()
        coming = articles(size)
        for before in range(0, size, 500):
            _write(list(islice(coming, 500)), shelves, before)
        editor = User.objects.create_user(EDITOR, "bench@localhost", EDITOR)
        editor.groups.add(Group.objects.get(name="Moderators"))
        call_command("update_index", verbosity=0)


def _shelves() -> dict[str, list[Shelf]]:
    root = Page.get_first_root_node()
    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(pk=root.pk)
    made: dict[str, list[Shelf]] = {}
    for code, name in settings.LANGUAGES:
        locale = Locale.objects.get_or_create(language_code=code)[0]
        front = root.add_child(instance=Shelf(title=name, slug=code, locale=locale))
        made[code] = [
            front.add_child(instance=Shelf(title=f"Shelf {n + 1}", locale=locale))
            for n in range(SHELVES)
        ]
    front = Page.objects.get(depth=2, slug="en")
    Site.objects.create(hostname="localhost", root_page=front, is_default_site=True)
    return made


def _write(some: Sequence[MadeArticle], shelves: dict[str, list[Shelf]], before: int) -> None:
    now = timezone.now()
    pages = []
    for number, made in enumerate(some):
        own = shelves[made.locale]
        shelf = own[number % len(own)]
        shelf.numchild += 1
        slug = f"a-{before + number}"
        page = Article(
            title=made.title,
            draft_title=made.title,
            slug=slug,
            locale=shelf.locale,
            lead=made.lead,
            body=made.blocks,
            path=Page._get_path(shelf.path, shelf.depth + 1, shelf.numchild),
            depth=shelf.depth + 1,
            url_path=f"{shelf.url_path}{slug}/",
            first_published_at=now,
            last_published_at=now,
            latest_revision_created_at=now,
        )
        pages.append(page)
    _insert(Page, pages, skip="id")
    ids = dict(Page.objects.filter(path__in=[p.path for p in pages]).values_list("path", "pk"))
    for page in pages:
        page.pk = page.id = page.page_ptr_id = ids[page.path]
    _insert(Article, pages)
    Shelf.objects.bulk_update({s for own in shelves.values() for s in own}, ["numchild"])


def _insert(model: Any, pages: list[Article], skip: str = "") -> None:
    """The columns of one table of pages; ``bulk_create`` knows no models of several tables."""
    fields = [f for f in model._meta.local_concrete_fields if f.attname != skip]
    for start in range(0, len(pages), 20):
        model._base_manager._insert(pages[start : start + 20], fields=fields, using="default")
