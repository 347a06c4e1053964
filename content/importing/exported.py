"""Reads what ``content.exporting`` wrote: entries, and what must be there for them."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from wagtail.models import Locale

from content.audience import Audience
from content.models import Product, Snippet

from . import fences, frontmatter
from .decoding import UnreadableError
from .documents import Defaults, InvalidFieldError, read_document
from .drafts import EntryDraft, Problem
from .expansion import Expansion
from .folders import Folder
from .frontmatter import FrontMatterError, line_of
from .media import bring_in
from .places import CallError, Places, normal_locale
from .reading import Reading
from .streams import Lookups, needed, to_stream

MANIFEST = "zhida.json"
FILES = "_files"
MEDIA = "media"
FORMAT = 1
_NAMES = {"name", "name_zh_hans", "name_zh_hant"}


def is_export(path: Path) -> bool:
    """Whether ``path`` is a folder that an export wrote."""
    return path.is_dir() and (path / MANIFEST).is_file()


def read_export(path: Path) -> Reading:
    """Read an export. Raises CallError where its list of contents cannot be read."""
    manifest = _manifest(path)
    reading = Reading(whole=False)
    folder = Folder.of(path)
    named = [e for e in manifest.get("entries", []) if isinstance(e, str)]
    known = set(folder.files)
    for name in [n for n in named if n in known] + [n for n in folder.files if n not in set(named)]:
        try:
            _read(reading, folder, name, folder.text(name).text)
        except UnreadableError as error:
            reading.problems.append(Problem(name, error.line, str(error), fatal=True))
    for name in [n for n in named if n not in known]:
        reading.problems.append(Problem(name, 0, _("The file is missing."), fatal=True))
    for number, entry in enumerate(manifest.get("entries", []), start=1):
        if isinstance(entry, dict):
            head = frontmatter.dump({k: v for k, v in entry.items() if k != "body"})
            _read(reading, folder, f"{MANIFEST}[{number}]", f"{head}\n{entry.get('body', '')}\n")
    reading.drafts = _without_strangers(reading)
    for file in manifest.get("files", []):
        reading.files[file["file"]] = path / FILES / Path(file["file"]).name
        reading.file_titles[file["file"]] = file.get("title", "")
    for category in manifest.get("categories", []):
        parts = tuple(category["path"].split("/"))
        reading.categories.setdefault(category["locale"], {})[parts] = category
    reading.preparations.append(lambda places: _prepare(path, manifest, reading, places))
    return reading


def _manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((path / MANIFEST).read_text("utf-8"))
        if manifest["zhida"] != FORMAT:
            raise CallError(_("The export is of a later version than this program."))
    except (ValueError, TypeError, KeyError) as error:
        if isinstance(error, CallError):
            raise
        raise CallError(
            _("“%(file)s” is damaged: %(why)s.") % {"file": MANIFEST, "why": error}
        ) from None
    return manifest


def _read(reading: Reading, folder: Folder, name: str, text: str) -> None:
    expansion = Expansion(folder, name)
    try:
        draft = read_document(
            text, file=name, source=name, defaults=Defaults("en"), expansion=expansion
        )
    except FrontMatterError as error:
        reading.problems.append(Problem(name, error.line, str(error), fatal=True))
        return
    except InvalidFieldError as error:
        line = line_of(text, error.field)
        reading.problems.append(Problem(name, line, str(error), fatal=True))
        return
    if not draft.exported or not draft.category:
        why = _("It does not say which category it belongs to; import it on its own.")
        reading.problems.append(Problem(name, 1, why, fatal=True))
        return
    reading.problems += expansion.problems
    source = f"{draft.locale}:{draft.translation_key()}"
    reading.drafts.append(replace(draft, source=source, slug=draft.slug or Path(name).stem))


def _without_strangers(reading: Reading) -> list[EntryDraft]:
    """The drafts without the names of people whom this site does not know."""
    named = {n for d in reading.drafts for n in (d.owner, d.backup_owner, d.verified_by) if n}
    model: Any = get_user_model()
    known = {u.get_username() for u in model.objects.filter(username__in=named)} | {""}
    for name in sorted(named - known):
        reason = _("There is no user “%(name)s”; the entries are left without.") % {"name": name}
        reading.problems.append(Problem(name, 0, reason))
    return [_without(d, named - known) for d in reading.drafts]


def _without(draft: EntryDraft, strangers: set[str]) -> EntryDraft:
    return replace(
        draft,
        owner="" if draft.owner in strangers else draft.owner,
        backup_owner="" if draft.backup_owner in strangers else draft.backup_owner,
        verified_by="" if draft.verified_by in strangers else draft.verified_by,
    )


def _prepare(path: Path, manifest: dict[str, Any], reading: Reading, places: Places) -> None:
    for product in manifest.get("products", []):
        names = {key: value for key, value in product.items() if key in _NAMES}
        Product.objects.get_or_create(slug=product["slug"], defaults=names)
    for code, categories in reading.categories.items():
        if normal_locale(code):
            for parts in categories:
                places.below(places.front(code), code, parts, categories)
    _restore_media(path, manifest.get("media", []))
    _restore_snippets(manifest.get("snippets", []), reading)


def _restore_media(path: Path, names: Iterable[str]) -> None:
    root = Path(settings.MEDIA_ROOT).resolve()
    for name in names:
        source, target = path / FILES / MEDIA / name, (root / name).resolve()
        if target.is_relative_to(root) and source.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _restore_snippets(rows: list[dict[str, Any]], reading: Reading) -> None:
    bodies = [fences.read(row["body"]) for row in rows]
    lookups = Lookups()
    for kind, names in (("image", lookups.images), ("video", lookups.documents)):
        wanted = {name for body in bodies for of, name in needed(body) if of == kind}
        found = bring_in(kind, wanted, reading.files, reading.file_titles, reading.problems)
        names |= {name: item.pk for name, item in found.items()}
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    for row, body in zip(rows, bodies, strict=True):
        locale = locales.get(row["locale"])
        if locale is None or row["audience"] not in Audience.values:
            continue
        raw = to_stream(
            body, seed=f"snippet:{row['translation']}", locale=row["locale"], lookups=lookups
        )
        key = uuid.UUID(row["translation"])
        snippet = (
            Snippet.objects.filter(translation_key=key, locale=locale).first()
            or Snippet.objects.filter(name=row["name"], locale=locale).first()
            or Snippet(translation_key=key, locale=locale)
        )
        stored = json.dumps(raw, ensure_ascii=False)
        if snippet.pk and _same(snippet, row):
            continue
        snippet.name, snippet.audience, snippet.body = row["name"], row["audience"], stored
        snippet.save()


def _same(snippet: Snippet, row: dict[str, Any]) -> bool:
    from content.exporting.entries import names_of_files
    from content.rendering.materials import blocks_of

    from .streams import from_stream

    blocks = from_stream(blocks_of(snippet.body), locale=row["locale"], names=names_of_files())
    return (snippet.name, snippet.audience, fences.write(blocks)) == (
        row["name"],
        row["audience"],
        row["body"],
    )
