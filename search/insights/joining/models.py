"""What keeps gaps apart, and the vectors of their wordings."""

from __future__ import annotations

from django.db import models


class KeptApart(models.Model):
    """Two gaps' own words that a person has said are not the same; ``first`` has the lower key."""

    first = models.ForeignKey("insights.Gap", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("insights.Gap", on_delete=models.CASCADE, related_name="+")

    class Meta:
        app_label = "insights"
        constraints = [models.UniqueConstraint(fields=("first", "second"), name="apart_once")]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"


class GapVector(models.Model):
    """The vector of a gap's own wording by one model: 32-bit floats, little-endian, of length 1."""

    gap = models.ForeignKey("insights.Gap", on_delete=models.CASCADE, related_name="vectors")
    model = models.CharField(max_length=200)
    vector = models.BinaryField()

    class Meta:
        app_label = "insights"
        constraints = [models.UniqueConstraint(fields=("gap", "model"), name="one_vector_of_a_gap")]

    def __str__(self) -> str:
        return f"{self.gap_id} by {self.model}"
