"""From where on meaning answers, as calibrated last."""

from __future__ import annotations

from django.db import models

from search.lookup.nearness import Threshold

from .references import LANGUAGES

#: Of fewer questions no rate is shown.
FEW = 10


class AnswerThreshold(models.Model):
    """One calibration for a model and a language of articles (see `calibrating`)."""

    model = models.CharField(max_length=200)
    locale = models.CharField(max_length=20)
    #: For questions in the language of the entries, and in another. None where too little is known
    #: to say: words alone decide then.
    at = models.FloatField(null=True)
    across = models.FloatField(null=True)
    #: 32-bit floats (little-endian): the mean vectors of questions about anything in English and in
    #: Chinese, and that of texts about anything in this language.
    centre = models.BinaryField()
    #: Likewise those of questions about anything that the site has nothing to say to.
    others = models.BinaryField(default=bytes)
    #: Closeness of the site's titles to their own entries, to the best other entry, and of
    #: questions about anything else to the best entry; and the second as distinct nearness.
    own = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    missing_across = models.JSONField(default=list)
    foreign = models.JSONField(default=list)
    #: Entries in the language that everybody may read.
    entries = models.PositiveIntegerField(default=0)
    #: Whether the model's default weighed more than the site's content.
    by_default = models.BooleanField(default=False)
    made = models.DateTimeField()
    #: Somebody has asked for a new one.
    wanted = models.BooleanField(default=False)

    class Meta:
        ordering = ("model", "locale")
        constraints = [
            models.UniqueConstraint(fields=("model", "locale"), name="one_threshold_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.locale}, {self.model}"

    def threshold(self) -> Threshold:
        """What searches decide by."""
        import numpy as np

        *questions, texts = np.frombuffer(self.centre, "<f4").reshape(len(LANGUAGES) + 1, -1)
        return Threshold(
            dict(zip(LANGUAGES, questions, strict=True)),
            texts,
            self.locale.partition("-")[0],
            self.at or 0.0,
            self.across or 0.0,
            sorted(self.missing),
            sorted(self.missing_across),
            np.frombuffer(self.others, "<f4").reshape(-1, len(texts)),
        )

    @staticmethod
    def refused(scores: list[float], at: float | None) -> float | None:
        """The share of some scores below a threshold, in percent; None where they are few."""
        if at is None or len(scores) < FEW:
            return None
        return 100 * sum(score < at for score in scores) / len(scores)

    @classmethod
    def answered(cls, scores: list[float], at: float | None) -> float | None:
        """The share of some scores from a threshold on, in percent; None where they are few."""
        below = cls.refused(scores, at)
        return None if below is None else 100 - below
