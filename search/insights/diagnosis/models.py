"""What a gap was found to be, and what shows it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What is wrong; each has its own remedy."""

    MISSING = "missing", _("Missing")
    NOT_FINDABLE = "not_findable", _("Not findable")
    NOT_PERMITTED = "not_permitted", _("Not permitted")
    WRONG_LANGUAGE = "language", _("Wrong language")
    UNHELPFUL = "unhelpful", _("Unhelpful")


class Way(models.TextChoices):
    """How the entry became known."""

    READ = "read", _("Read, and then a contact or a “no”")
    ANSWERED = "answered", _("Agents answered with it")
    REWORDED = "reworded", _("Opened after other words")
    SEARCHED = "searched", _("Searching for it finds it now")
    NONE = "none", _("Nothing near enough")


class Diagnosis(models.Model):
    """The diagnosis of one gap, as it was made last. ``entry`` is what would answer or should."""

    gap = models.OneToOneField("insights.Gap", on_delete=models.CASCADE, related_name="diagnosis")
    kind = models.CharField(_("diagnosis"), max_length=20, choices=Kind)
    way = models.CharField(_("how it is known"), max_length=20, choices=Way)
    entry = models.ForeignKey(
        "content.Entry",
        verbose_name=_("entry"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="diagnoses",
    )
    #: People of whom it was seen, or searches that it holds for, of how many.
    part = models.PositiveIntegerField(default=0)
    whole = models.PositiveIntegerField(default=0)
    #: [{"query", "rank" (1-based, 0 where they cannot see it), "certainty" (0–1), "number"}].
    seen = models.JSONField(default=list, blank=True)
    made = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("diagnosis")
        verbose_name_plural = _("diagnoses")

    def __str__(self) -> str:
        return str(self.get_kind_display())
