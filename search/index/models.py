"""What is still to be told to the engine, what it has confirmed, and which generation is in use."""

from django.db import models

from .tuning.models import DictionaryWord, Pin, PinnedEntry, Synonym, TuningVersion
from .vectors.models import EmbeddingModel, PassageVector, VectoredDocument

__all__ = [
    "AnalysedTexts",
    "DictionaryWord",
    "EmbeddingModel",
    "IndexGeneration",
    "IndexPointer",
    "IndexedDocument",
    "OutboxRow",
    "PassageVector",
    "Pin",
    "PinnedEntry",
    "StandbyNode",
    "StandbyRow",
    "Synonym",
    "TuningVersion",
    "VectoredDocument",
]


class OutboxRow(models.Model):
    """A promise that the engine will hear of an entry; its id is the version of what it hears.

    No foreign key: the row outlives a deleted entry.
    """

    entry_id = models.PositiveBigIntegerField(db_index=True)
    created = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveIntegerField(default=0)
    #: After a failure: not to be tried before this time.
    not_before = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    #: Since then it waits for a person: it failed by itself, again and again.
    set_aside = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.id}: entry {self.entry_id}"


class IndexedDocument(models.Model):
    """One entry as the engine has confirmed it, with the text that passages are cut from.

    A section is ``[anchor, heading, text, level]``, level being that of the widest audience that
    may read it. ``sections`` are for all who may read the entry, ``narrow_sections`` for fewer.
    """

    entry = models.OneToOneField(
        "content.Entry",
        primary_key=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="indexed",
    )
    version = models.BigIntegerField()
    revision_id = models.BigIntegerField(null=True)
    #: Digests of the texts that have vectors, or will have.
    passages = models.JSONField(default=list)
    #: Digest of the columns of the entry that the document was made from.
    fingerprint = models.CharField(max_length=40)
    family = models.CharField(max_length=36, db_index=True)
    locale = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=255)
    sections = models.JSONField(default=list)
    narrow_sections = models.JSONField(default=list)
    confirmed = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.title} (version {self.version})"


class AnalysedTexts(models.Model):
    """What the analysis has made of an entry's texts, so that a rebuild need not (see `kept`).

    Apart from `IndexedDocument`, whose rows are read by searches. About 6 KB an article.
    """

    entry_id = models.PositiveBigIntegerField(primary_key=True)
    #: Of everything that it was made of: it serves only who comes with the same.
    digest = models.CharField(max_length=40)
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"entry {self.entry_id}"


class IndexPointer(models.Model):
    """The one row that says which generation is in use and which one, if any, is being built."""

    name = models.CharField(max_length=60)
    building = models.CharField(max_length=60, blank=True)
    #: Grows whenever the engine has confirmed something: what was found before may be another now.
    changes = models.PositiveBigIntegerField(default=0)
    switched = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name


class IndexGeneration(models.Model):
    """One generation of the index: how its texts were analysed, and how far its rebuild has come.

    Whoever builds it shows that he lives (`beat`), so that a second one does not start beside him,
    and goes on where a dead one has stopped.
    """

    name = models.CharField(max_length=60, unique=True)
    #: Digest of the analysis that its documents went through.
    analysis = models.CharField(max_length=40)
    #: Of which model it keeps vectors (`EmbeddingModel.name`); empty where of none.
    model = models.CharField(max_length=200, blank=True)
    #: Whether it has the vectors of (nearly) all documents, so that searches may ask for them.
    by_meaning = models.BooleanField(default=False)
    started = models.DateTimeField(auto_now_add=True)
    #: Entries up to this id have been written.
    reached = models.PositiveBigIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    builder = models.CharField(max_length=120, blank=True)
    beat = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class StandbyNode(models.Model):
    """A machine that keeps a copy of the index of its own (see `standby`)."""

    name = models.CharField(max_length=100, primary_key=True)
    seen = models.DateTimeField()
    #: When the copy was last filled from the database; empty before.
    filled = models.DateTimeField(null=True, blank=True)
    generation = models.CharField(max_length=60, blank=True)
    analysis = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name


class StandbyRow(models.Model):
    """A promise that one node's copy will hear of an entry."""

    #: No constraint: a node that is forgotten at this moment may not make a save fail.
    node = models.ForeignKey(
        StandbyNode, on_delete=models.CASCADE, related_name="rows", db_constraint=False
    )
    entry_id = models.PositiveBigIntegerField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.node_id}: entry {self.entry_id}"
