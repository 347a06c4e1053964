"""Redacts rows and keeps them, a batch at a time: the same row again changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from search.journeys import changes
from search.journeys.redaction import redact
from search.text import exact_key

from .asking import asks, locale_of, says_something
from .fields import Row
from .models import Question, QuestionImport, QuestionText

#: Characters of a wording that are kept.
LONGEST = 2000
_SALT = "search.insights.questions"


@dataclass(slots=True)
class Kept:
    """What became of rows."""

    kept: int = 0
    repeated: int = 0
    left_out: int = 0

    def add(self, other: Kept) -> None:
        """Count ``other`` too."""
        self.kept += other.kept
        self.repeated += other.repeated
        self.left_out += other.left_out


@dataclass(slots=True)
class Keeper:
    """Keeps rows of one import. Rows that nothing tells apart count as often as they occur."""

    of_import: QuestionImport
    locale: str = ""
    now: datetime = field(default_factory=timezone.now)
    _same: Counter[str] = field(default_factory=Counter)

    def keep(self, turns: Sequence[tuple[Row, bool]]) -> Kept:
        """Keep what asks something of rows, each with whether it is a turn of a conversation."""
        kept = Kept()
        questions: dict[str, tuple[Row, str, str]] = {}
        for row, is_turn in turns:
            text = redact(row.text)[:LONGEST].strip()
            wanted = asks if is_turn else says_something
            if row.is_customer is False or not wanted(text):
                kept.left_out += 1
                continue
            digest = self._digest(row)
            if digest in questions:
                kept.repeated += 1
                continue
            locale = row.locale or self.locale or locale_of(text)
            questions[digest] = (row, text, locale)
        with transaction.atomic():
            known = set(
                Question.objects.filter(digest__in=questions).values_list("digest", flat=True)
            )
            fresh = {d: q for d, q in questions.items() if d not in known}
            texts = _texts({text: locale for _row, text, locale in fresh.values()})
            Question.objects.bulk_create(
                [self._question(d, row, texts[text], loc) for d, (row, text, loc) in fresh.items()],
                ignore_conflicts=True,
            )
            changes.note(row.time for row, _text, _locale in fresh.values() if row.time)
        kept.repeated += len(known)
        kept.kept += len(fresh)
        return kept

    def _question(self, digest: str, row: Row, text_id: int, locale: str) -> Question:
        source = self.of_import.source
        return Question(
            digest=digest,
            text_id=text_id,
            of_import=self.of_import,
            source=source,
            asked=row.time or self.now,
            timed=row.time is not None,
            channel=row.channel,
            customer=_keyed("customer", source, row.customer) if row.customer else "",
            conversation=_keyed("conversation", source, row.conversation)
            if row.conversation
            else "",
            agent=redact(row.agent)[:80] if row.agent else "",
            rating=row.rating,
            solved=row.solved,
            locale=locale,
        )

    def _digest(self, row: Row) -> str:
        time = row.time.isoformat() if row.time else ""
        parts = (self.of_import.source, time, row.customer, row.conversation, row.text)
        digest = _keyed("question", *parts)
        if row.time or row.conversation or row.customer:
            return digest
        self._same[digest] += 1
        return (
            _keyed("again", digest, str(self._same[digest])) if self._same[digest] > 1 else digest
        )


def text_digest(text: str) -> str:
    """What tells wordings apart: case, script, punctuation and blanks aside."""
    return _keyed("text", exact_key(text))


def _texts(locales: dict[str, str]) -> dict[str, int]:
    """The ids of wordings, made where they are new."""
    digests = {text: text_digest(text) for text in locales}
    first = {digest: text for text, digest in reversed(digests.items())}
    rows = QuestionText.objects.filter(digest__in=first)
    ids = dict(rows.values_list("digest", "pk"))
    missing = [d for d in first if d not in ids]
    if missing:
        QuestionText.objects.bulk_create(
            [QuestionText(digest=d, text=first[d], locale=locales[first[d]]) for d in missing],
            ignore_conflicts=True,
        )
        ids.update(rows.filter(digest__in=missing).values_list("digest", "pk"))
    return {text: ids[digest] for text, digest in digests.items()}


def _keyed(*parts: str) -> str:
    """A hash that only this site can make: 32 hexadecimal digits."""
    value = "\x1f".join(parts)
    return salted_hmac(_SALT, value, algorithm="sha256").hexdigest()[:32]
