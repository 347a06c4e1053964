"""Makes engine documents of live entries: a fixed number of queries for any number of entries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils import timezone

from content.among import Many
from content.audience import Audience
from content.models import Entry
from content.rendering import render_leads, take_apart
from search.engine import layout
from search.engine.protocol import EngineDocument

from . import kept, tuning
from .analysed import Analysed, Texts, analyse
from .around import Around, indexable, level_of
from .entries import FINGERPRINT, Row, read, row_of
from .models import AnalysedTexts, IndexedDocument
from .vectors import drafts, spaces
from .vectors.cache import Attached, attached
from .vectors.passages import Passage, Section, digests


@dataclass(frozen=True)
class Built:
    """A document for the engine and the row that is kept of it once the engine has it."""

    document: EngineDocument
    entry: Row
    made: Analysed
    #: Names of the models by which all its texts have vectors.
    vectored: frozenset[str] = frozenset()
    #: What to keep of the analysis; None where that was kept already, or is not to be.
    analysed: AnalysedTexts | None = None

    @cached_property
    def fingerprint(self) -> str:
        """Of the entry that it was made of; see `fingerprint`."""
        return fingerprint(self.entry[: len(FINGERPRINT)])

    @property
    def row(self) -> IndexedDocument:
        """What is kept of it, unsaved."""
        document = self.document
        everyone, fewer = self.made.sections()
        return IndexedDocument(
            entry_id=document.id,
            version=document.version,
            revision_id=self.entry.live_revision_id,
            passages=digests(self.made.passages),
            fingerprint=self.fingerprint,
            family=document.family,
            locale=document.locale,
            level=document.level,
            title=self.entry.title,
            sections=everyone,
            narrow_sections=fewer,
        )


def fingerprint(values: Iterable[object]) -> str:
    """SHA-1 (hex) of the values of the `FINGERPRINT` columns, to compare database and index."""
    text = "\x1f".join(map(str, values))
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def build(versions: Mapping[int, int]) -> list[Built]:
    """Documents of those of the entries (id → version) that belong in the index now."""
    entries = _entries(versions)
    around = Around.of(entries)
    texts = texts_of(entries, around)
    analyser = tuning.current().analyser
    made = {pk: analyse(each, analyser) for pk, each in texts.items()}
    return _built(entries, made, around, versions)


def build_to_keep(versions: Mapping[int, int], *, anew: bool = False) -> list[Built]:
    """`build`, where what is kept of just the same texts is not made again, unless ``anew``.

    Such a document has no tokens, only how they lie in an index (`EngineDocument.laid_out`). The
    others bring along what is to be kept of them.
    """
    entries = _entries(versions)
    around = Around.of(entries)
    texts = texts_of(entries, around)
    now = tuning.current()  # another thread may put another one in force meanwhile
    marks = {pk: kept.digest(each, now) for pk, each in texts.items()}
    found = {} if anew else kept.find(marks)
    fresh = {pk: analyse(each, now.analyser) for pk, each in texts.items() if pk not in found}
    built = _built(entries, found | fresh, around, versions)
    return [
        _to_keep(each, marks[pk], fresh[pk]) if (pk := each.document.id) in fresh else each
        for each in built
    ]


def _to_keep(built: Built, mark: str, made: Analysed) -> Built:
    document = replace(built.document, laid_out=layout.laid_out(built.document))
    return replace(built, document=document, analysed=kept.row(document, mark, made))


def as_published(draft: Entry, version: int, model: str = "") -> list[EngineDocument]:
    """Documents of ``draft``, an entry as it was last saved, as if it were live, and of its live
    translations, which then name it. The draft's comes first; ``version`` is its own.

    With a ``model`` the draft's texts have vectors by it, made where they are not kept.
    """
    family = indexable().filter(translation_key=draft.translation_key).exclude(pk=draft.pk)
    entries = [row_of(draft), *read(family)]
    known = IndexedDocument.objects.filter(pk__in=[entry.pk for entry in entries[1:]])
    versions = dict(known.values_list("pk", "version"))
    around = Around.of(entries)
    level, locale = level_of(draft.audience, draft.confidence), around.locales[draft.locale_id]
    key = str(draft.translation_key)
    relatives = [row for row in around.family.get(key, ()) if row[0] != draft.pk]
    products = [(each.slug, each.names) for each in draft.products.all().order_by("slug")]
    said = [(each.text, each.agents_only) for each in draft.phrasings.all()]
    around = replace(
        around,
        products={**around.products, draft.pk: products},
        phrasings={**around.phrasings, draft.pk: said},
        family={**around.family, key: [*relatives, (draft.pk, locale, level)]},
    )
    texts = texts_of(entries, around)
    analyser = tuning.current().analyser
    made = {pk: analyse(each, analyser) for pk, each in texts.items()}
    versions = {entry.pk: versions.get(entry.pk, 0) for entry in entries} | {draft.pk: version}
    built = _built(entries, made, around, versions)
    fresh, *others = (each.document for each in built)
    if model:
        vectors = drafts.vectors(texts[draft.pk].passages(), model)
        fresh = replace(fresh, vectors={model: vectors})
    return [fresh, *others]


def passages_now(ids: Iterable[int]) -> dict[int, list[Passage]]:
    """The texts of those of the entries that belong in the index now, as documents have them."""
    entries = _entries(ids)
    texts = texts_of(entries, Around.of(entries))
    return {pk: each.passages() for pk, each in texts.items()}


def sections_of(entries: Sequence[Entry]) -> dict[int, tuple[list[Section], list[Section]]]:
    """(sections for all readers of the entry, sections for fewer) by id; the lead comes first."""
    texts = texts_of([row_of(entry) for entry in entries], None)
    return {pk: (each.everyone, each.fewer) for pk, each in texts.items()}


def texts_of(entries: Sequence[Row], around: Around | None) -> dict[int, Texts]:
    """All that can be found of entries, by id; without what is ``around`` their own texts alone."""
    bodies, leads = take_apart(entries), render_leads(entries)
    phrasings = around.phrasings if around else {}
    products = around.products if around else {}
    return {
        entry.pk: Texts(
            title=entry.title,
            audience=Audience(entry.audience),
            level=level_of(entry.audience, entry.confidence),
            phrasings=phrasings.get(entry.pk, ()),
            extra=[
                *entry.keyword_list,
                *(name for _, names in products.get(entry.pk, ()) for name in names),
            ],
            lead=leads[entry.pk],
            body=bodies[entry.pk],
        )
        for entry in entries
    }


def _entries(ids: Iterable[int]) -> list[Row]:
    """Those that belong in the index."""
    return read(indexable().filter(pk__among=Many(ids)))


def _built(
    entries: Sequence[Row],
    made: Mapping[int, Analysed],
    around: Around,
    versions: Mapping[int, int],
) -> list[Built]:
    """The documents, with the vectors that are kept of their passages."""
    found = attached({pk: each.passages for pk, each in made.items()}, spaces.in_use())
    built = []
    for entry in entries:
        pk, version = entry.pk, versions[entry.pk]
        document = _document(entry, version, made[pk], around, found[pk])
        built.append(Built(document, entry, made[pk], found[pk].complete))
    return built


def _document(
    entry: Row, version: int, made: Analysed, around: Around, have: Attached
) -> EngineDocument:
    family = str(entry.translation_key)
    return EngineDocument(
        id=entry.pk,
        version=version,
        family=family,
        locale=around.locales[entry.locale_id],
        kind=entry.kind,
        level=level_of(entry.audience, entry.confidence),
        text=made.text,
        customers=made.customers,
        agents=made.agents,
        laid_out=made.laid_out,
        categories=around.above(entry),
        products=[slug for slug, _ in around.products.get(entry.pk, ())],
        confidence=entry.confidence,
        published=int((entry.last_published_at or timezone.now()).timestamp()),
        also_in=[
            f"{other}:{its_level}"
            for pk, other, its_level in around.family.get(family, ())
            if pk != entry.pk
        ],
        vectors=have.vectors,
    )
