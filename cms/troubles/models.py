"""What has been found not to work, so that every worker knows what has been told."""

from __future__ import annotations

from django.db import models


class Trouble(models.Model):
    """Something that does not work. Gone when it works again."""

    #: One of `finding.KINDS`, for a job with its name after a colon.
    kind = models.CharField(max_length=120, primary_key=True)
    since = models.DateTimeField()
    #: When those in charge heard of it last; null until then.
    told = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "cms"

    def __str__(self) -> str:
        return self.kind
