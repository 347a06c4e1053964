"""Which entries the same people opened in one sitting."""

from __future__ import annotations

from django.db import models


class AskedTogether(models.Model):
    """So many different customers who read ``entry`` asked, in the same sitting, what ``other``
    answers. Pairs of fewer than `counting.FEWEST` are not kept."""

    entry = models.ForeignKey("content.Entry", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("content.Entry", on_delete=models.CASCADE, related_name="+")
    people = models.PositiveIntegerField()

    class Meta:
        app_label = "lookup"
        constraints = [models.UniqueConstraint(fields=("entry", "other"), name="one_row_of_a_pair")]
        indexes = [models.Index(fields=("entry", "-people"))]

    def __str__(self) -> str:
        return f"{self.entry_id} and {self.other_id}: {self.people}"
