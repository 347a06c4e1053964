"""HTML that Markdown was turned into, so that the same text is never converted twice."""

from django.db import models


class RenderedText(models.Model):
    """Sanitised HTML of one Markdown text."""

    #: SHA-256 (hex) of the sanitiser's version and the text.
    digest = models.CharField(primary_key=True, max_length=64)
    html = models.TextField()
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest
