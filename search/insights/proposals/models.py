"""A proposal, the searches that speak for it, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.audience import Audience


class Proposal(models.Model):
    """Words for which an article (and, for a synonym, other words) turned out to be the answer."""

    class Kind(models.TextChoices):
        """What accepting it makes."""

        PHRASING = "phrasing", _("Phrasing")
        SYNONYM = "synonym", _("Synonym")

    class State(models.TextChoices):
        """What somebody has decided."""

        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    #: The words as asked (redacted when they were recorded), and what tells them from others.
    words = models.CharField(_("words"), max_length=255)
    key = models.CharField(max_length=255)
    #: Of a synonym: what was searched for with success.
    replacement = models.CharField(_("searched for instead"), max_length=255, blank=True)
    locale = models.CharField(_("language"), max_length=20)
    entry = models.ForeignKey(
        "content.Entry", on_delete=models.CASCADE, related_name="+", verbose_name=_("answer")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    #: The widest audience of those who used these words: nobody who sees less will see them.
    audience = models.CharField(_("asked by"), max_length=20, choices=Audience)
    people = models.PositiveIntegerField(_("people"), default=0)
    searches = models.PositiveIntegerField(_("searches"), default=0)
    #: Whether enough speaks for it to ask a person: two askers, or somebody said "solved".
    worth_a_look = models.BooleanField(default=False)
    last_seen = models.DateTimeField(_("last asked"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    #: The synonym that was made, and whether a phrasing waits in a draft.
    synonym_id = models.BigIntegerField(null=True, blank=True)
    in_draft = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(
                fields=("kind", "key", "replacement", "locale", "entry"), name="one_proposal"
            )
        ]
        indexes = [models.Index(fields=("state", "worth_a_look", "people"))]

    def __str__(self) -> str:
        return f"{self.words} → {self.replacement}" if self.replacement else self.words

    @property
    def locale_name(self) -> str:
        """The language's name in the reader's language."""
        return str(dict(settings.LANGUAGES).get(self.locale, self.locale))


class ProposalEvidence(models.Model):
    """One failed search, and how its asker came to the answer."""

    class How(models.TextChoices):
        """What shows that the answer was one."""

        CLICK = "click", _("Clicked after rewording")
        WEAK = "weak", _("Clicked although it was no answer")
        RESCUE = "rescue", _("Clicked after a rescue")
        COPY = "copy", _("Sent by an agent")
        SOLVED = "solved", _("Used and solved by an agent")
        CONTACT = "contact", _("Solved on the contact form")
        GAP = "gap", _("Diagnosed in a gap")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="evidence")
    query_id = models.UUIDField()
    client_id = models.CharField(max_length=64, blank=True)
    query = models.CharField(_("query"), max_length=500)
    audience = models.CharField(_("asked by"), max_length=20, choices=Audience)
    how = models.CharField(_("how it was solved"), max_length=10, choices=How)
    #: What was searched for with success, where that is known.
    solved_by = models.CharField(_("then searched for"), max_length=500, blank=True)
    created = models.DateTimeField(_("time"), db_index=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint(fields=("proposal", "query_id"), name="one_search_a_proposal")
        ]

    def __str__(self) -> str:
        return self.query
