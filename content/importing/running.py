"""One import from drafts to pages: what is new, changed, unchanged, vanished; batch by batch.

Every batch is one transaction, announced inside it. An import that is broken off leaves whole
batches, and the next run goes on where it stopped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.models import Entry, ImportedSource, RenderedText
from content.signals import entries_changed, import_began, import_ended

from . import bulk
from .conversion import Converter
from .drafts import EntryDraft, Problem
from .media import bring_in
from .pages import Surroundings, markdown_leads, new_page, renew
from .places import Places, address
from .reading import Reading
from .settling import names, settle, unlink
from .slugs import unique
from .sources import Existing, addresses_of_before, existing_of
from .streams import Lookups, needed, texts

BATCH = 250
#: Batches whose Markdown is being converted while one is written.
_AHEAD = 6

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Outcome:
    """What an import did (or, on a dry run, would do)."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    #: Files that only serve to be included in others.
    fragments: list[str] = field(default_factory=list)
    #: Source names that were imported once and are no longer there; their pages stay.
    vanished: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def left_out(self) -> int:
        """Files or rows that were not imported."""
        return sum(1 for problem in self.problems if problem.fatal)


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to become of one draft."""

    draft: EntryDraft
    digest: str
    existing: Existing | None
    parent: Page | None
    slug: str = ""

    @property
    def state(self) -> str:
        """``new``, ``changed`` or ``unchanged``."""
        if not self.existing:
            return "new"
        return "unchanged" if self.existing.digest == self.digest else "changed"


@dataclass(slots=True)
class Importing:
    """Builds what ``reading`` holds. ``target`` is the category for drafts that name none."""

    reading: Reading
    places: Places
    target: str = ""
    processes: int = 0
    user: Any = None
    #: False: nothing goes live that was not, and what is live stays as it is.
    publish: bool = True
    progress: Progress = lambda _done, _all: None
    outcome: Outcome = field(default_factory=Outcome)

    def plan(self) -> list[Planned]:
        """Sort the drafts; counts are in ``outcome`` afterwards. Raises CallError."""
        drafts = self._without_dead_links()
        known = existing_of(drafts)
        planned = [self._place(d, known.get((d.source, d.locale))) for d in drafts]
        states = Counter(p.state for p in planned)
        self.outcome.created, self.outcome.changed = states["new"], states["changed"]
        self.outcome.unchanged = states["unchanged"]
        self.outcome.problems += self.reading.problems + self.reading.remarks()
        self.outcome.categories = self.places.made
        self.outcome.fragments = self.reading.fragments
        self.outcome.vanished = self._vanished()
        return self._named(planned)

    def run(self) -> Outcome:
        """Plan and build. Raises CallError where nothing can be built at all."""
        planned = self.plan()
        if self.places.dry:
            return self.outcome
        todo = [p for p in planned if p.state != "unchanged"]
        todo = self._settled(planned, todo)
        import_began.send(Importing, entries=len(todo), processes=self.processes)
        try:
            if todo:
                self._build(todo)
        finally:
            import_ended.send(Importing)
        return self.outcome

    def _without_dead_links(self) -> list[EntryDraft]:
        """The drafts without links to files that were left out and have no page of before."""
        drafts, prefix = self.reading.drafts, self.reading.prefix
        parts = set(self.reading.fragments)
        left_out = {p.file for p in self.reading.problems if p.fatal} | parts if prefix else set()
        if not left_out:
            return drafts
        self._kept = addresses_of_before(prefix, left_out)
        broken = _("The link to “%(path)s” leads to a file that was left out; its text was kept.")
        part = _("The link to “%(path)s” leads to a part of other files; its text was kept.")
        kept = _("It only serves to be included in others by now; its page was kept.")
        self.reading.problems += [Problem(f, 0, kept) for f in sorted(parts & self._kept.keys())]
        gone = left_out - self._kept.keys()
        for draft in drafts:
            self.reading.problems += [
                Problem(draft.file, 0, (part if file in parts else broken) % {"path": file})
                for file in sorted(gone & names(draft))
            ]
        return [unlink(draft, gone) for draft in drafts]

    def _place(self, draft: EntryDraft, existing: Existing | None) -> Planned:
        digest = draft.digest()
        if existing:
            return Planned(draft, digest, existing, None, existing.slug)
        if draft.category:
            parent = self.places.below(
                self.places.front(draft.locale),
                draft.locale,
                draft.category,
                self.reading.categories.get(draft.locale),
            )
        else:
            parent = self.places.category(draft.locale, self.target)
            if draft.folders:
                parent = self.places.below(parent, draft.locale, draft.folders)
        return Planned(draft, digest, None, parent, draft.slug)

    def _named(self, planned: list[Planned]) -> list[Planned]:
        """Give new pages slugs that are free below their parents, alike on every run."""
        ours = {p.existing.page_id for p in planned if p.existing}
        by_parent: dict[int, list[Planned]] = {}
        for p in planned:
            if p.parent is not None:
                by_parent.setdefault(p.parent.pk, []).append(p)
        slugs: dict[int, str] = {}
        for items in by_parent.values():
            parent = items[0].parent
            assert parent is not None  # noqa: S101
            children = dict(parent.get_children().values_list("pk", "slug"))
            kept = {slug for pk, slug in children.items() if pk in ours}
            given = unique(
                {f"{p.draft.file}\0{p.draft.source}": p.slug for p in items},
                set(children.values()) | kept,
            )
            slugs |= {id(p): given[f"{p.draft.file}\0{p.draft.source}"] for p in items}
        return [
            Planned(p.draft, p.digest, p.existing, p.parent, slugs.get(id(p), p.slug))
            for p in planned
        ]

    def _vanished(self) -> list[str]:
        prefix = self.reading.prefix
        if not prefix or not self.reading.whole:
            return []
        locales = {d.locale for d in self.reading.drafts}
        rows = ImportedSource.objects.filter(source__startswith=prefix, locale__in=locales)
        return sorted(
            s for s in rows.values_list("source", flat=True) if s not in self.reading.seen
        )

    def _settled(self, planned: Sequence[Planned], todo: Sequence[Planned]) -> list[Planned]:
        urls = self._addresses(planned)
        wanted = {name for p in todo for kind, name in needed(p.draft.body) if kind == "image"}
        documents = {name for p in todo for kind, name in needed(p.draft.body) if kind == "video"}
        # Blocks of an export name their files; texts of other folders show any of the images.
        inline = set() if all(p.draft.exported for p in todo) else set(self.reading.files)
        images = self._media("image", wanted | (inline - documents))
        self._lookups.images = {name: image.pk for name, image in images.items()}
        found = self._media("document", documents)
        self._lookups.documents = {name: item.pk for name, item in found.items()}
        files = {name: image.file.url for name, image in images.items()}
        return [
            p
            if p.draft.exported
            else Planned(settle(p.draft, urls, files), p.digest, p.existing, p.parent, p.slug)
            for p in todo
        ]

    _lookups: Lookups = field(default_factory=Lookups)
    #: Addresses of the pages of files that were left out this time, by file.
    _kept: dict[str, str] = field(default_factory=dict)

    def _media(self, kind: str, names: set[str]) -> dict[str, Any]:
        if not names:
            return {}
        titles = self.reading.file_titles
        return bring_in(kind, names, self.reading.files, titles, self.outcome.problems)

    def _addresses(self, planned: Sequence[Planned]) -> dict[str, str]:
        """Address of every page of this reading, by the path of its file."""
        below = {p.parent.pk: address(p.parent) for p in planned if p.parent is not None}
        urls = dict(self._kept)
        for p in planned:
            if p.existing:
                urls[p.draft.file] = p.existing.url
            elif p.parent is not None:
                urls[p.draft.file] = f"{below[p.parent.pk]}{p.slug}/"
        return urls

    def _build(self, todo: list[Planned]) -> None:
        self._lookups.snippets = self.reading.snippet_keys()
        around = Surroundings.of([p.draft for p in todo], self._lookups, self.outcome.problems)
        batches = [todo[i : i + BATCH] for i in range(0, len(todo), BATCH)]
        done = 0
        with Converter(self.processes) as converter:
            converter.start(len(todo))
            ahead: Iterator[list[Planned]] = iter(batches)
            for _number in range(_AHEAD):
                converter.ahead(_markdown(next(ahead, [])))
            for batch in batches:
                rows = converter.rows(_markdown(batch))
                converter.ahead(_markdown(next(ahead, [])))
                self._write(batch, rows, around)
                done += len(batch)
                self.progress(done, len(todo))
            self._report_unconverted(todo, converter.failed)

    def _write(self, batch: list[Planned], rows: list[RenderedText], around: Surroundings) -> None:
        with transaction.atomic():
            RenderedText.objects.bulk_create(rows, ignore_conflicts=True)
            new = [p for p in batch if not p.existing]
            ids = self._create(new, around) if new else []
            for p in batch:
                if p.existing:
                    page = Entry.objects.get(pk=p.existing.page_id).specific
                    renew(page, p.draft, around, self.user, publish=self.publish)
                    ids.append(p.existing.page_id)
            changed = [p for p in batch if p.existing and not p.draft.exported]
            for p in changed:
                ImportedSource.objects.filter(source=p.draft.source, locale=p.draft.locale).update(
                    content_hash=p.digest
                )
            entries_changed.send(sender=Entry, ids=frozenset(ids))

    def _create(self, new: list[Planned], around: Surroundings) -> list[int]:
        pages = [
            new_page(self._as_allowed(p.draft), p.slug, p.parent, around, self.user)
            for p in new
            if p.parent is not None
        ]
        ids = bulk.build(pages, self.user)
        ImportedSource.objects.bulk_create(
            ImportedSource(
                source=p.draft.source, locale=p.draft.locale, content_hash=p.digest, page_id=pk
            )
            for p, pk in zip(new, ids, strict=True)
            if not p.draft.exported
        )
        return ids

    def _as_allowed(self, draft: EntryDraft) -> EntryDraft:
        return draft if self.publish else replace(draft, live=False)

    def _report_unconverted(self, todo: Sequence[Planned], failed: set[str]) -> None:
        for p in todo if failed else ():
            if failed & set(_markdown([p])):
                why = _(
                    "A part of its Markdown cannot be converted; it is shown as it was written."
                )
                self.outcome.problems.append(Problem(p.draft.file, p.draft.line, why))


def _markdown(batch: Sequence[Planned]) -> list[str]:
    return [t for p in batch for t in (*texts(p.draft.body), *markdown_leads(p.draft))]
