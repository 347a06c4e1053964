"""Makes engine documents of live entries: a fixed number of queries for any number of entries."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Locale, Page

from content.audience import Audience
from content.models import Category, Confidence, Entry, Phrasing
from content.models.entries import EntryQuerySet
from content.rendering import RenderedBody, plain_text, render_bodies, render_leads
from search.engine.fields import AGENTS_LEVEL, CUSTOMERS_LEVEL
from search.engine.protocol import EngineDocument, Tokens

from .models import IndexedDocument
from .tokens import Parts, tokens
from .vectors import drafts, spaces
from .vectors.cache import attached
from .vectors.passages import Passage, Section, digests, passages


@dataclass(frozen=True, slots=True)
class Built:
    """A document for the engine and the row that is kept of it once the engine has it."""

    document: EngineDocument
    row: IndexedDocument
    #: Names of the models by which all its texts have vectors.
    vectored: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Around:
    """What surrounds the entries of a batch, by entry id, path or family."""

    locales: Mapping[int, str]
    phrasings: Mapping[int, Sequence[tuple[str, bool]]]
    products: Mapping[int, Sequence[tuple[str, Sequence[str]]]]
    categories: Mapping[str, int]
    family: Mapping[str, Sequence[tuple[int, str, int]]]


def indexable() -> EntryQuerySet:
    """The entries that belong in the index: live and not expired."""
    return Entry.objects.filter(live=True).filter(
        Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())
    )


def level_of(audience: str, confidence: str) -> int:
    """The lowest reader's level that finds an entry; archived ones are for agents upwards."""
    level = Audience(audience).level
    return max(level, AGENTS_LEVEL) if confidence == Confidence.ARCHIVED else level


#: The columns whose change makes another document; see `fingerprint`.
FINGERPRINT = (
    "title",
    "audience",
    "confidence",
    "kind",
    "path",
    "locale_id",
    "translation_key",
    "live_revision_id",
    "last_published_at",
)


def fingerprint(values: Iterable[object]) -> str:
    """SHA-1 (hex) of the values of the `FINGERPRINT` columns, to compare database and index."""
    text = "\x1f".join(map(str, values))
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def build(versions: Mapping[int, int]) -> list[Built]:
    """Documents of those of the entries (id → version) that belong in the index now."""
    entries = list(indexable().filter(pk__in=list(versions)).order_by("pk"))
    if not entries:
        return []
    around = _around(entries)
    sections = sections_of(entries)
    built = [_build(entry, sections[entry.pk], around, versions[entry.pk]) for entry in entries]
    return _with_vectors(built, around)


def as_published(draft: Entry, version: int, model: str = "") -> list[EngineDocument]:
    """Documents of ``draft``, an entry as it was last saved, as if it were live, and of its live
    translations, which then name it. The draft's comes first; ``version`` is its own.

    With a ``model`` the draft's texts have vectors by it, made where they are not kept.
    """
    family = indexable().filter(translation_key=draft.translation_key).exclude(pk=draft.pk)
    entries = [draft, *family.order_by("pk")]
    kept = IndexedDocument.objects.filter(pk__in=[entry.pk for entry in entries[1:]])
    versions = dict(kept.values_list("pk", "version")) | {draft.pk: version}
    around = _around(entries)
    products = [(each.slug, each.names) for each in draft.products.all().order_by("slug")]
    phrasings = [(each.text, each.agents_only) for each in draft.phrasings.all()]
    level, locale = level_of(draft.audience, draft.confidence), around.locales[draft.locale_id]
    key = str(draft.translation_key)
    relatives = [row for row in around.family.get(key, ()) if row[0] != draft.pk]
    around = replace(
        around,
        products={**around.products, draft.pk: products},
        phrasings={**around.phrasings, draft.pk: phrasings},
        family={**around.family, key: [*relatives, (draft.pk, locale, level)]},
    )
    sections = sections_of(entries)
    built = [_build(e, sections[e.pk], around, versions.get(e.pk, 0)) for e in entries]
    fresh, *others = (each.document for each in _with_vectors(built, around))
    if model:
        texts = passages(draft.title, level, phrasings, *sections[draft.pk])
        fresh = replace(fresh, vectors={model: drafts.vectors(texts, model)})
    return [fresh, *others]


def passages_now(ids: Iterable[int]) -> dict[int, list[Passage]]:
    """The texts of those of the entries that belong in the index now, as documents have them."""
    entries = list(indexable().filter(pk__in=list(ids)).order_by("pk"))
    phrasings, sections = _phrasings([entry.pk for entry in entries]), sections_of(entries)
    return {
        entry.pk: passages(
            entry.title,
            level_of(entry.audience, entry.confidence),
            phrasings.get(entry.pk, ()),
            *sections[entry.pk],
        )
        for entry in entries
    }


def _with_vectors(built: Sequence[Built], around: _Around) -> list[Built]:
    """The documents with the vectors that are kept of their texts."""
    texts: dict[int, list[Passage]] = {}
    for row in (each.row for each in built):
        phrasings = around.phrasings.get(row.entry_id, ())
        texts[row.entry_id] = passages(
            row.title, row.level, phrasings, row.sections, row.narrow_sections
        )
        row.passages = digests(texts[row.entry_id])
    found = attached(texts, spaces.in_use())
    return [
        Built(replace(each.document, vectors=have.vectors), each.row, have.complete)
        for each in built
        for have in [found[each.row.entry_id]]
    ]


def sections_of(entries: Sequence[Entry]) -> dict[int, tuple[list[Section], list[Section]]]:
    """(sections for all readers of the entry, sections for fewer) by id; the lead comes first."""
    bodies = render_bodies(entries, Audience.INTERNAL)
    leads = render_leads(entries)
    return {e.pk: _divided(e, plain_text(leads[e.pk]), bodies[e.pk]) for e in entries}


def _divided(entry: Entry, lead: str, body: RenderedBody) -> tuple[list[Section], list[Section]]:
    own = level_of(entry.audience, entry.confidence)
    everyone: list[Section] = [("", "", lead, Audience(entry.audience).level)] if lead else []
    fewer: list[Section] = []
    for section in body.sections:
        if section.text.strip() or section.heading:
            level = Audience(section.audience).level
            row = (section.anchor, section.heading, section.text, level)
            (everyone if level <= own else fewer).append(row)
    return everyone, fewer


def _build(
    entry: Entry, sections: tuple[list[Section], list[Section]], around: _Around, version: int
) -> Built:
    level = level_of(entry.audience, entry.confidence)
    everyone, fewer = sections
    phrasings = around.phrasings.get(entry.pk, ())
    products = around.products.get(entry.pk, ())
    locale = around.locales[entry.locale_id]
    family = str(entry.translation_key)
    hidden = [text for text, narrow in phrasings if narrow]
    open_to_all = [text for text, narrow in phrasings if not narrow or level >= AGENTS_LEVEL]
    document = EngineDocument(
        id=entry.pk,
        version=version,
        family=family,
        locale=locale,
        kind=entry.kind,
        level=level,
        text=tokens(
            Parts(
                title=entry.title,
                phrasings=open_to_all,
                extra=[*entry.keyword_list, *(name for _, names in products for name in names)],
                sections=[(heading, text) for _, heading, text, _ in everyone],
            )
        ),
        customers=_narrow(CUSTOMERS_LEVEL, (), fewer, level),
        agents=_narrow(AGENTS_LEVEL, hidden, fewer, level),
        categories=_ancestors(entry, around.categories),
        products=[slug for slug, _ in products],
        confidence=entry.confidence,
        published=int((entry.last_published_at or timezone.now()).timestamp()),
        also_in=[
            f"{other}:{its_level}"
            for pk, other, its_level in around.family.get(family, ())
            if pk != entry.pk
        ],
    )
    row = IndexedDocument(
        entry_id=entry.pk,
        version=version,
        revision_id=entry.live_revision_id,
        fingerprint=fingerprint(getattr(entry, name) for name in FINGERPRINT),
        family=family,
        locale=locale,
        level=level,
        title=entry.title,
        sections=everyone,
        narrow_sections=fewer,
    )
    return Built(document, row)


def _narrow(reader: int, hidden: Sequence[str], fewer: Sequence[Section], level: int) -> Tokens:
    """What readers of the level ``reader`` find in a document of a lower ``level`` besides.

    ``hidden`` are phrasings. Texts above agents are found by nobody.
    """
    if level >= reader:
        return Tokens()
    sections = [(heading, text) for _, heading, text, its in fewer if its <= reader]
    if not hidden and not sections:
        return Tokens()
    found = tokens(Parts(title="", phrasings=hidden, extra=(), sections=sections))
    return replace(found, exact_title=())


def _ancestors(entry: Entry, categories: Mapping[str, int]) -> list[int]:
    step = Page.steplen
    paths = (entry.path[:end] for end in range(step, len(entry.path), step))
    return [categories[path] for path in paths if path in categories]


def _around(entries: Sequence[Entry]) -> _Around:
    ids = [entry.pk for entry in entries]
    products: dict[int, list[tuple[str, list[str]]]] = defaultdict(list)
    through = Entry.products.through.objects.filter(entry__in=ids).order_by("product__slug")
    for row in through.select_related("product"):
        products[row.entry_id].append((row.product.slug, row.product.names))
    return _Around(
        locales=locales(),
        phrasings=_phrasings(ids),
        products=products,
        categories=_categories(entries),
        family=_family(entries),
    )


def _phrasings(ids: Sequence[int]) -> dict[int, list[tuple[str, bool]]]:
    """(text, for agents only) of other phrasings, by entry."""
    found: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    rows = Phrasing.objects.filter(entry__in=ids).order_by("sort_order", "pk")
    for entry_id, text, narrow in rows.values_list("entry_id", "text", "agents_only"):
        found[entry_id].append((text, narrow))
    return found


def locales() -> dict[int, str]:
    """Language code of each locale, by its id."""
    return dict(Locale.objects.values_list("pk", "language_code"))


def _categories(entries: Sequence[Entry]) -> dict[str, int]:
    step = Page.steplen
    paths = {e.path[:end] for e in entries for end in range(step, len(e.path), step)}
    return dict(Category.objects.filter(path__in=paths).values_list("path", "pk"))


def _family(entries: Sequence[Entry]) -> dict[str, list[tuple[int, str, int]]]:
    keys = {entry.translation_key for entry in entries}
    codes = locales()
    family: dict[str, list[tuple[int, str, int]]] = defaultdict(list)
    rows = indexable().filter(translation_key__in=keys)
    for pk, key, locale_id, audience, confidence in rows.values_list(
        "pk", "translation_key", "locale_id", "audience", "confidence"
    ):
        family[str(key)].append((pk, codes[locale_id], level_of(audience, confidence)))
    return family
