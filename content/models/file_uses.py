"""Which entries show which files, and to whom."""

from django.db import models

from .entries import Entry


class FileUse(models.Model):
    """A place in the live text of an entry where an image or a document is shown or linked.

    ``level`` is that of the widest audience which sees the place, given that it sees the entry.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    #: "image" or "document", and the id of such.
    kind = models.CharField(max_length=10)
    file_id = models.PositiveBigIntegerField()
    level = models.PositiveSmallIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("kind", "file_id", "entry"), name="one_use_an_entry")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_id} in {self.entry_id}"
