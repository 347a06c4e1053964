"""A whole export: text files or JSON, with what they need beside them.

``zhida.json`` names products, categories, snippets and files, and the entries in order;
``_files`` holds images and documents.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from content.audience import Audience
from content.importing import fences
from content.importing.drafts import Block, EntryDraft
from content.importing.exported import FILES, FORMAT, MANIFEST, MEDIA
from content.importing.places import CallError
from content.importing.streams import from_stream, needed, texts
from content.models import Category, Entry, FrontPage, Product, Snippet
from content.rendering.materials import blocks_of

from .entries import drafts_of, file_name, names_of_files
from .narrowing import narrowed
from .texts import fields_of, file_text


@dataclass(slots=True)
class Export:
    """Writes to ``path``. ``locale`` "" means every language."""

    path: Path
    form: str = "markdown"
    locale: str = ""
    audience: Audience = Audience.INTERNAL
    progress: Callable[[int, int], None] = lambda _done, _all: None
    _files: set[tuple[str, str]] = field(default_factory=set)
    _media: set[str] = field(default_factory=set)

    def write(self) -> int:
        """Write everything; returns the number of entries. Raises CallError."""
        before = self._earlier()
        names = names_of_files()
        hidden = frozenset(
            (s.name, s.locale.language_code)
            for s in Snippet.objects.select_related("locale")
            if not self.audience.sees(s.audience)
        )
        pages = self._pages()
        number, entries = pages.count(), []
        for count, (_page, draft) in enumerate(drafts_of(pages, names), start=1):
            shown = narrowed(draft, self.audience, hidden)
            self._note(shown.body, shown.lead)
            entries.append(self._entry(shown))
            if count % 100 == 0:
                self.progress(count, number)
        manifest: dict[str, Any] = {
            "zhida": FORMAT,
            "products": [
                {
                    "slug": p.slug,
                    "name": p.name,
                    "name_zh_hans": p.name_zh_hans,
                    "name_zh_hant": p.name_zh_hant,
                }
                for p in self._products(pages)
            ],
            "categories": self._categories(),
            "snippets": self._snippets(names, hidden),
            "files": self._copy_files(),
            "media": self._copy_media(),
            "entries": entries,
        }
        for old in before - set(_written(manifest)):
            (self.path / old).unlink(missing_ok=True)
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        _put(self.path / MANIFEST, text + "\n")
        return number

    def _earlier(self) -> set[str]:
        """Entries of the export that is replaced. Raises CallError for any other folder."""
        if self.path.exists() and not self.path.is_dir():
            raise CallError(_("“%(path)s” is a file; name a folder.") % {"path": self.path})
        manifest = self.path / MANIFEST
        if self.path.exists() and not manifest.exists() and any(self.path.iterdir()):
            raise CallError(
                _("“%(path)s” holds other things; name an empty folder or an earlier export.")
                % {"path": self.path}
            )
        self.path.mkdir(parents=True, exist_ok=True)
        if not manifest.exists():
            return set()
        try:
            names = set(_written(json.loads(manifest.read_text("utf-8"))))
        except (ValueError, TypeError, KeyError, AttributeError):
            return set()
        return {name for name in names if ".." not in name and not name.startswith("/")}

    def _pages(self) -> Any:
        if self.audience is Audience.INTERNAL:
            pages = Entry.objects.all()
        else:
            pages = Entry.objects.visible_to(self.audience)
        return pages.filter(locale__language_code=self.locale) if self.locale else pages

    def _entry(self, draft: EntryDraft) -> Any:
        if self.form == "json":
            return {**fields_of(draft), "body": fences.write(draft.body)}
        name = "/".join([draft.locale, *(draft.category or ()), f"{draft.slug}.md"])
        _put(self.path / name, file_text(draft))
        return name

    def _note(self, body: tuple[Block, ...], lead: str = "") -> None:
        self._files |= set(needed(body))
        for text in (lead, *texts(body)):
            self._media |= set(_media_in(text))

    def _products(self, pages: Any) -> Any:
        """All, or for fewer readers those that entries for them are about."""
        products = Product.objects.order_by("slug")
        if self.audience is Audience.INTERNAL:
            return products
        return products.filter(entries__in=pages.order_by().values("pk")).distinct()

    def _categories(self) -> list[dict[str, Any]]:
        fronts = dict(FrontPage.objects.values_list("path", "locale__language_code"))
        paths: dict[str, list[str]] = {}
        rows = Category.objects.all()
        if self.audience is not Audience.INTERNAL:
            rows = rows.visible_to(self.audience)
        shown = set(rows.values_list("pk", flat=True))
        found = []
        for page in Category.objects.order_by("path").select_related("locale"):
            above = page.path[: -Page.steplen]
            if above not in paths and above not in fronts:
                continue
            paths[page.path] = [*paths.get(above, []), page.slug]
            code = page.locale.language_code
            if (self.locale and code != self.locale) or page.pk not in shown:
                continue
            found.append(
                {
                    "locale": code,
                    "path": "/".join(paths[page.path]),
                    "title": page.title,
                    "icon": page.icon,
                    "summary": page.summary,
                    "age_half_life": page.age_half_life,
                    "translation": str(page.translation_key),
                    "live": page.live,
                }
            )
        return found

    def _snippets(self, names: Any, hidden: frozenset[tuple[str, str]]) -> list[dict[str, Any]]:
        found = []
        for snippet in Snippet.objects.select_related("locale").order_by("name", "locale_id", "pk"):
            code = snippet.locale.language_code
            if (snippet.name, code) in hidden or (self.locale and code != self.locale):
                continue
            body = tuple(from_stream(blocks_of(snippet.body), locale=code, names=names))
            self._note(body)
            found.append(
                {
                    "name": snippet.name,
                    "locale": code,
                    "audience": snippet.audience,
                    "translation": str(snippet.translation_key),
                    "body": fences.write(body),
                }
            )
        return found

    def _copy_files(self) -> list[dict[str, str]]:
        found = []
        for kind, model in (("image", get_image_model()), ("video", get_document_model())):
            wanted = {name for block, name in self._files if block == kind}
            items = {file_name(i): i for i in model.objects.order_by("-pk")} if wanted else {}
            for name in sorted(wanted & set(items)):
                target = self.path / FILES / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with items[name].file.open("rb") as source, target.open("wb") as copy:
                    shutil.copyfileobj(source, copy)
                found.append({"file": name, "title": items[name].title})
        return found

    def _copy_media(self) -> list[str]:
        """Images that texts show by their address."""
        found = []
        root = Path(settings.MEDIA_ROOT).resolve()
        for name in sorted(self._media):
            source = (root / name).resolve()
            if source.is_relative_to(root) and source.is_file():
                target = self.path / FILES / MEDIA / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
                found.append(name)
        return found


def _written(manifest: dict[str, Any]) -> Iterable[str]:
    """Every file beside ``manifest`` that it names."""
    yield from (entry for entry in manifest.get("entries", []) if isinstance(entry, str))
    yield from (f"{FILES}/{file['file']}" for file in manifest.get("files", []))
    yield from (f"{FILES}/{MEDIA}/{name}" for name in manifest.get("media", []))


def _media_in(text: str) -> Iterable[str]:
    if settings.MEDIA_URL not in text:
        return ()
    return re.findall(re.escape(settings.MEDIA_URL) + r"(original_images/[^\s)\"'<>#?]+)", text)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "replace"))
