"""What writers tune, in rows."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from content.audience import Audience
from search.text import exact_key

ALL_LANGUAGES = ""
LONGEST_WORD = 64


def lines(text: str) -> list[str]:
    """The lines of a field in which each line is one thing, without empty and repeated ones."""
    stripped = (" ".join(line.split()) for line in text.splitlines())
    return list(dict.fromkeys(line for line in stripped if line))


def _searchable(words: list[str], field: str) -> None:
    """Raise `ValidationError` where there is no word, or one without a letter or digit."""
    if not words:
        raise ValidationError({field: _("Write at least one word.")})
    for word in words:
        if not any(character.isalnum() for character in word):
            message = _("“%(word)s” has no letter, character or digit to search for.")
            raise ValidationError({field: message % {"word": word}})


class TuningVersion(models.Model):
    """The one row by which every process hears of a change: another number, another tuning."""

    version = models.BigIntegerField(default=0)

    class Meta:
        app_label = "search_index"

    def __str__(self) -> str:
        return str(self.version)

    @classmethod
    def change(cls) -> None:
        """Announce a change, in the transaction of the change itself.

        A random number, not the next one: what a transaction that was taken back had announced is
        never announced again with another meaning.
        """
        cls.objects.update_or_create(pk=1, defaults={"version": secrets.randbits(62) + 1})


class Synonym(models.Model):
    """Words that are also searched for as others."""

    words = models.TextField(
        _("When somebody asks for"), help_text=_("Words or phrases, one on each line.")
    )
    synonyms = models.TextField(
        _("search also for"), help_text=_("Words or phrases, one on each line.")
    )
    both_ways = models.BooleanField(
        _("both ways"),
        default=True,
        help_text=_(
            "All these words mean the same; without it, only from the first to the second."
        ),
    )
    locale = models.CharField(
        _("language"),
        max_length=20,
        blank=True,
        choices=[(ALL_LANGUAGES, _("All languages")), *settings.LANGUAGES],
        default=ALL_LANGUAGES,
    )
    audience = models.CharField(
        _("audience"),
        max_length=20,
        choices=Audience,
        default=Audience.PUBLIC,
        help_text=_("Helps only these readers, and those who may see more: nobody else sees it."),
    )

    class Meta:
        app_label = "search_index"
        ordering = ("words", "pk")
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        arrow = "↔" if self.both_ways else "→"
        return f"{', '.join(lines(self.words))} {arrow} {', '.join(lines(self.synonyms))}"

    def clean(self) -> None:
        """Both sides have words, and not the same ones."""
        self.words, self.synonyms = ("\n".join(lines(t)) for t in (self.words, self.synonyms))
        asked, also = lines(self.words), lines(self.synonyms)
        _searchable(asked, "words")
        _searchable(also, "synonyms")
        if {exact_key(w) for w in asked} >= {exact_key(w) for w in also}:
            raise ValidationError({"synonyms": _("These are the same words as above.")})


class DictionaryWord(models.Model):
    """A word of the site's own: Chinese is not divided, a Latin name is not stemmed or divided."""

    word = models.CharField(
        _("word"),
        max_length=LONGEST_WORD,
        unique=True,
        help_text=_(
            "A Chinese word stays whole where texts are divided into words; a name in Latin letters"
            " is neither divided nor reduced to its stem. Nobody finds it who may not see it."
        ),
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    #: The articles that have the word, and the rows of the outbox by which they are indexed again.
    articles = models.PositiveIntegerField(_("articles"), default=0, editable=False)
    first_row = models.BigIntegerField(default=0, editable=False)
    last_row = models.BigIntegerField(default=0, editable=False)
    kept_word = ""

    class Meta:
        app_label = "search_index"
        ordering = ("word",)
        verbose_name = _("dictionary word")
        verbose_name_plural = _("dictionary words")

    def __str__(self) -> str:
        return self.word

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> DictionaryWord:
        """Remember the word as it is kept, to know what a change of it concerns."""
        row = super().from_db(*args, **kwargs)
        row.kept_word = row.__dict__.get("word", "")
        return row

    def clean(self) -> None:
        """A word that can be searched for, and that no other row has in another form."""
        self.word = " ".join(self.word.split())
        _searchable([self.word], "word")
        key = exact_key(self.word)
        if len(key) < 2:
            raise ValidationError({"word": _("A word has at least two characters.")})
        others = DictionaryWord.objects.exclude(pk=self.pk).values_list("word", flat=True)
        same = next((other for other in others if exact_key(other) == key), None)
        if same:
            message = _("“%(word)s” is in the dictionary already.")
            raise ValidationError({"word": message % {"word": same}})


class Pin(ClusterableModel):
    """Entries that stand first for a question."""

    class Match(models.TextChoices):
        """How the question is compared."""

        EXACT = "exact", _("The whole question")
        CONTAINED = "contained", _("Contained in the question")

    query = models.CharField(_("question"), max_length=255)
    match = models.CharField(_("match"), max_length=10, choices=Match, default=Match.EXACT)
    locale = models.CharField(
        _("language"),
        max_length=20,
        blank=True,
        choices=[(ALL_LANGUAGES, _("All languages")), *settings.LANGUAGES],
        default=ALL_LANGUAGES,
    )
    audience = models.CharField(
        _("audience"),
        max_length=20,
        choices=Audience,
        default=Audience.PUBLIC,
        help_text=_(
            "For these readers, and those who may see more. Nobody is shown an entry that "
            "they may not see."
        ),
    )
    starts = models.DateTimeField(_("from"), null=True, blank=True)
    ends = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        app_label = "search_index"
        ordering = ("query", "pk")
        verbose_name = _("pin")
        verbose_name_plural = _("pins")

    def __str__(self) -> str:
        return self.query

    def clean(self) -> None:
        """A question that can be asked, and dates in order."""
        self.query = " ".join(self.query.split())
        _searchable([self.query], "query")
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": _("The end lies before the beginning.")})


class PinnedEntry(Orderable):
    """One of the entries of a pin, in their order."""

    pin = ParentalKey(Pin, on_delete=models.CASCADE, related_name="entries")
    entry = models.ForeignKey(
        "content.Entry", on_delete=models.CASCADE, related_name="+", verbose_name=_("entry")
    )

    class Meta(Orderable.Meta):
        app_label = "search_index"
        verbose_name = _("pinned entry")
        verbose_name_plural = _("pinned entries")

    def __str__(self) -> str:
        return str(self.entry)
