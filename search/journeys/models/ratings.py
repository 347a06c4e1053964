"""What people say of the service after they have turned to a person."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Measure(models.TextChoices):
    """What is asked, by the names of the field."""

    CSAT = "csat", _("Satisfaction (CSAT)")
    CES = "ces", _("Effort (CES)")
    NPS = "nps", _("Recommendation (NPS)")
    SOLVED = "solved", _("Solved by the first answer (FCR)")


#: Lowest and highest answer of each measure.
SCALES: dict[str, tuple[int, int]] = {
    Measure.CSAT: (1, 5),
    Measure.CES: (1, 7),
    Measure.NPS: (0, 10),
    Measure.SOLVED: (0, 1),
}


class Rating(models.Model):
    """One answer to one question about one contact; answered again, the last holds."""

    contact = models.ForeignKey(
        "journeys.Contact", on_delete=models.CASCADE, related_name="ratings"
    )
    measure = models.CharField(max_length=10, choices=Measure)
    #: Within :data:`SCALES`.
    value = models.PositiveSmallIntegerField()
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.UniqueConstraint(fields=("contact", "measure"), name="one_rating_a_measure")
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.value}"
