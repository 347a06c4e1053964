"""Questions of customers, the groups that they form, and how both came about."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What somebody wants who asks: an answer, a change, or redress."""

    INQUIRY = "inquiry", _("Inquiry")
    SUGGESTION = "suggestion", _("Suggestion")
    COMPLAINT = "complaint", _("Complaint")


class QuestionImport(models.Model):
    """One file, or one sender's calls, and how far it has come."""

    class State(models.TextChoices):
        """How far an import has come."""

        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    source = models.CharField(_("source"), max_length=80)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    #: Of the file while it waits: its name under the uploads, and which column is which field.
    token = models.CharField(max_length=80, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    locale = models.CharField(_("language"), max_length=20, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    size = models.PositiveBigIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    kept = models.PositiveIntegerField(_("questions"), default=0)
    repeated = models.PositiveIntegerField(_("there already"), default=0)
    left_out = models.PositiveIntegerField(_("ask nothing"), default=0)
    failed = models.PositiveIntegerField(_("errors"), default=0)
    message = models.CharField(max_length=500, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created = models.DateTimeField(_("begun"), default=timezone.now)
    finished = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        app_label = "insights"
        verbose_name = _("import of questions")
        verbose_name_plural = _("imports of questions")
        ordering = ("-created", "-pk")

    def __str__(self) -> str:
        return self.file_name or self.source


class ImportProblem(models.Model):
    """A row that could not be used, and why; the row itself is not kept, for it is not redacted."""

    of_import = models.ForeignKey(QuestionImport, on_delete=models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField(_("row"))
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        app_label = "insights"
        ordering = ("row", "pk")

    def __str__(self) -> str:
        return f"{self.row}: {self.reason}"


class QuestionGroup(models.Model):
    """A frequent question: a stable group of customer messages that ask one thing."""

    class State(models.TextChoices):
        """Whether anybody wants to hear of it."""

        OPEN = "open", _("Open")
        IGNORED = "ignored", _("Ignored")

    name = models.CharField(_("question"), max_length=300)
    locale = models.CharField(_("language"), max_length=20, blank=True)
    key_words = models.JSONField(_("key words"), default=list, blank=True)
    kind = models.CharField(_("class"), max_length=10, choices=Kind, default=Kind.INQUIRY)
    #: The words that decided the class, with the number of texts that have each: [[word, n]].
    kind_words = models.JSONField(default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="question_groups",
    )
    #: What people decided and no later run changes: the name, the class, who belongs to the group.
    named = models.BooleanField(default=False)
    classed = models.BooleanField(default=False)
    decided = models.BooleanField(default=False)
    #: Joined by a translation that the site has linked: texts of several languages stay together.
    family = models.UUIDField(null=True, blank=True)
    #: Where its texts went, when it was merged.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged"
    )
    #: The gap that its questions are evidence of, while or since it had no answer.
    gap = models.ForeignKey(
        "insights.Gap", null=True, blank=True, on_delete=models.SET_NULL, related_name="groups"
    )
    questions_count = models.PositiveIntegerField(_("asked"), default=0)
    texts_count = models.PositiveIntegerField(_("wordings"), default=0)
    people = models.PositiveIntegerField(_("people"), default=0)
    last_week = models.PositiveIntegerField(_("last 7 days"), default=0)
    previous_week = models.PositiveIntegerField(_("7 days before"), default=0)
    trend = models.IntegerField(_("trend"), default=0)
    created = models.DateTimeField(_("found"), default=timezone.now)
    last_asked = models.DateTimeField(_("last asked"), null=True, blank=True)

    class Meta:
        app_label = "insights"
        verbose_name = _("frequent question")
        verbose_name_plural = _("frequent questions")
        indexes = [models.Index(fields=("state", "questions_count"))]

    def __str__(self) -> str:
        return self.name

    @property
    def fall(self) -> int:
        """By how many questions the last week is below the one before."""
        return max(0, -self.trend)

    @property
    def locale_name(self) -> str:
        """The language's name in the reader's language."""
        return str(dict(settings.LANGUAGES).get(self.locale, self.locale))


class GroupHistory(models.Model):
    """One decision of a person about a group."""

    class Action(models.TextChoices):
        """What was decided."""

        MERGED = "merged", _("Merged")
        SPLIT = "split", _("Split")
        RENAMED = "renamed", _("Renamed")
        CLASSED = "classed", _("Class changed")
        IGNORED = "ignored", _("Ignored")
        REOPENED = "reopened", _("Reopened")
        ASSIGNED = "assigned", _("Assigned")

    group = models.ForeignKey(QuestionGroup, on_delete=models.CASCADE, related_name="history")
    action = models.CharField(max_length=10, choices=Action)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "insights"
        ordering = ("-created", "-pk")

    def __str__(self) -> str:
        return f"{self.group_id}: {self.action}"


class QuestionText(models.Model):
    """A wording, redacted; asked by many, it is kept and compared once."""

    digest = models.CharField(max_length=32, unique=True)
    text = models.CharField(_("text"), max_length=2000)
    locale = models.CharField(_("language"), max_length=20, blank=True)
    group = models.ForeignKey(
        QuestionGroup, null=True, blank=True, on_delete=models.SET_NULL, related_name="texts"
    )
    #: How near the middle of its group, 0 to 1.
    nearness = models.FloatField(default=0.0)

    class Meta:
        app_label = "insights"
        indexes = [models.Index(fields=("group", "nearness"))]

    def __str__(self) -> str:
        return self.text


class TextVector(models.Model):
    """The vector of a wording by one model: 32-bit floats, little-endian, of length 1."""

    text = models.ForeignKey(QuestionText, on_delete=models.CASCADE, related_name="vectors")
    model = models.CharField(max_length=200)
    vector = models.BinaryField()

    class Meta:
        app_label = "insights"
        constraints = [
            models.UniqueConstraint(fields=("text", "model"), name="one_vector_of_a_wording")
        ]

    def __str__(self) -> str:
        return f"{self.text_id} by {self.model}"


class Question(models.Model):
    """One time that somebody asked. Whoever asked is a keyed hash."""

    #: Of all that tells this from others, so that the same row is taken once.
    digest = models.CharField(max_length=32, unique=True)
    text = models.ForeignKey(QuestionText, on_delete=models.CASCADE, related_name="questions")
    of_import = models.ForeignKey(
        QuestionImport, null=True, on_delete=models.SET_NULL, related_name="questions"
    )
    source = models.CharField(_("source"), max_length=80)
    asked = models.DateTimeField(_("time"), db_index=True)
    #: Whether ``asked`` is from the row, or the time of the import.
    timed = models.BooleanField(default=True)
    channel = models.CharField(_("channel"), max_length=40, blank=True)
    customer = models.CharField(max_length=32, blank=True)
    conversation = models.CharField(max_length=32, blank=True)
    agent = models.CharField(_("agent"), max_length=80, blank=True)
    rating = models.FloatField(_("rating"), null=True, blank=True)
    solved = models.BooleanField(_("solved"), null=True, blank=True)
    locale = models.CharField(_("language"), max_length=20, blank=True)

    class Meta:
        app_label = "insights"
        verbose_name = _("question of a customer")
        verbose_name_plural = _("questions of customers")
        indexes = [models.Index(fields=("text", "asked"))]

    def __str__(self) -> str:
        return f"{self.source} {self.asked:%Y-%m-%d}"


class GroupingRun(models.Model):
    """One grouping of all questions, and how far it has come."""

    class State(models.TextChoices):
        """How far a run has come."""

        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    mode = models.CharField(max_length=10, default="words")
    step = models.CharField(max_length=40, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    texts = models.PositiveIntegerField(default=0)
    groups = models.PositiveIntegerField(default=0)
    unassigned = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=500, blank=True)
    started = models.DateTimeField(default=timezone.now)
    heard = models.DateTimeField(default=timezone.now)
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "insights"
        ordering = ("-started", "-pk")

    def __str__(self) -> str:
        return f"{self.started:%Y-%m-%d %H:%M}"


class ClassWord(models.Model):
    """A word or phrase that tells what class a question is of; people edit these."""

    kind = models.CharField(_("class"), max_length=10, choices=Kind)
    words = models.CharField(
        _("words"),
        max_length=60,
        help_text=_(
            "A word or phrase of either language; a star at the end stands for any ending."
        ),
    )
    weight = models.FloatField(
        _("weight"), default=1.0, help_text=_("How strongly it speaks for the class; 1 is usual.")
    )

    class Meta:
        app_label = "insights"
        verbose_name = _("class word")
        verbose_name_plural = _("class words")
        ordering = ("kind", "words")
        constraints = [models.UniqueConstraint(fields=("kind", "words"), name="one_class_word")]

    def __str__(self) -> str:
        return self.words
