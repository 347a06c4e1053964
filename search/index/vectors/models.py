"""Vectors kept by the text that they are of, and which documents have all of theirs."""

from __future__ import annotations

from django.db import models


class EmbeddingModel(models.Model):
    """An embedder's model (`Embedder.model`) of which vectors are kept, and how it has done."""

    name = models.CharField(max_length=200, unique=True)
    dimensions = models.PositiveIntegerField()
    #: What the endpoint calls it; empty for the bundled one.
    endpoint_model = models.CharField(max_length=200, blank=True)
    #: What it once made of `making.SAMPLE`; another vector of it is another model's.
    sample = models.BinaryField(default=bytes)
    #: It makes other vectors now than it did: those that are kept mean nothing to it.
    changed = models.BooleanField(default=False)
    #: Texts that it has made vectors of in the background, and seconds that this took.
    made = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(default=0.0)
    last_made = models.DateTimeField(null=True, blank=True)
    #: The worker that makes vectors now, and until when the others leave it to him.
    maker = models.CharField(max_length=80, blank=True)
    maker_until = models.DateTimeField(null=True, blank=True)
    #: Why it failed last, and since when it has not succeeded; empty while it is well.
    failure = models.CharField(max_length=300, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "search_index"

    def __str__(self) -> str:
        return self.name


class PassageVector(models.Model):
    """The vector of a text by one model. Texts that several entries have are kept once."""

    model = models.ForeignKey(EmbeddingModel, on_delete=models.CASCADE, related_name="vectors")
    #: Of the text; see `passages.digest`.
    digest = models.CharField(max_length=40)
    #: 32-bit floats, little-endian, of length 1.
    vector = models.BinaryField()
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "search_index"
        constraints = [
            models.UniqueConstraint(fields=("model", "digest"), name="one_vector_of_a_text")
        ]

    def __str__(self) -> str:
        return self.digest


class VectoredDocument(models.Model):
    """An entry all of whose texts, as the index has them, have vectors by this model.

    No foreign key to the entry, as in the outbox.
    """

    entry_id = models.PositiveBigIntegerField()
    model = models.ForeignKey(EmbeddingModel, on_delete=models.CASCADE, related_name="documents")

    class Meta:
        app_label = "search_index"
        constraints = [
            models.UniqueConstraint(fields=("model", "entry_id"), name="one_row_of_a_document")
        ]

    def __str__(self) -> str:
        return f"entry {self.entry_id} by {self.model_id}"
