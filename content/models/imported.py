"""Where imported pages came from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedSource(models.Model):
    """One imported file or row: its identity, what it held, and the page made from it."""

    source = models.CharField(_("source"), max_length=500)
    locale = models.CharField(_("locale"), max_length=20)
    #: SHA-256 (hex) of everything the page was made from; unchanged means skipped.
    content_hash = models.CharField(max_length=64)
    page = models.OneToOneField(
        "content.Entry", on_delete=models.CASCADE, related_name="imported_source"
    )
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("source", "locale"), name="one_page_a_source")
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.locale})"
