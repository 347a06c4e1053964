"""Imports by hand: a file, which column is what with its first rows, progress, errors by row."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import TemplateView
from django_tasks import task
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from content.admin.spreadsheets import csv_text
from search.insights.questions import importing, runs
from search.insights.questions.fields import FIELDS, guess
from search.insights.questions.models import GroupingRun, QuestionImport
from search.insights.questions.reading import SUFFIXES, UnreadableFile, columns, preview

from . import access

MAX_MEGABYTES = 100
_LISTED = 20

FIELD_NAMES = {
    "text": _("Text"),
    "time": _("Time"),
    "channel": _("Channel"),
    "customer": _("Customer key"),
    "conversation": _("Conversation key"),
    "agent": _("Agent"),
    "rating": _("Rating"),
    "solved": _("Solved"),
    "locale": _("Language"),
    "role": _("Who speaks"),
}


class UploadForm(forms.Form):
    """A file of questions or conversations."""

    file = forms.FileField(
        label=_("File"), help_text=_("CSV or JSONL, at most 100 MB; larger ones by the command.")
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=80,
        help_text=_("Where the conversations are from, for example the name of the chat."),
    )
    locale = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("Detect")), *settings.LANGUAGES],
        help_text=_("Of rows that name none."),
    )

    def clean_file(self) -> UploadedFile:
        """Only what can be read, and no larger than fits."""
        file = self.cleaned_data["file"]
        if Path(file.name).suffix.lower() not in SUFFIXES:
            raise forms.ValidationError(_("Choose a CSV or JSONL file."))
        if file.size > MAX_MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(_("The file is too large; import it with the command."))
        return file


def place_of(record: QuestionImport) -> Path:
    """Where a file waits until it is imported."""
    return Path(settings.VAR_DIR) / "uploads" / record.token


class _Page(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    header_icon = "upload"
    page_title = _("Import questions")
    permission_policy = access.imports
    permission_required = "add"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home > Questions > this."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("questions:index"), "label": _("Questions")},
            {"url": "", "label": self.get_page_title()},
        ]


class ImportsView(_Page):
    """The form, and the imports so far with their progress."""

    template_name = "insights/questions/imports.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows."""
        kwargs.setdefault("form", UploadForm())
        records = QuestionImport.objects.select_related("user")[:_LISTED]
        return super().get_context_data(
            imports=records,
            under_way=any(r.state == QuestionImport.State.RUNNING for r in records)
            or GroupingRun.objects.filter(state=GroupingRun.State.RUNNING).exists(),
            run=GroupingRun.objects.first(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the file and ask which column is what."""
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        file = form.cleaned_data["file"]
        record = QuestionImport(
            source=form.cleaned_data["source"],
            locale=form.cleaned_data["locale"],
            file_name=Path(file.name).name[:200],
            token=secrets.token_urlsafe(24),
            user_id=request.user.pk,
        )
        path = place_of(record)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("xb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        record.size = file.size
        record.save()
        return redirect("questions:columns", record.pk)


class ColumnsView(_Page):
    """Which column is which field, beside the first rows."""

    template_name = "insights/questions/columns.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only for a file that still waits."""
        waiting = QuestionImport.objects.filter(
            state=QuestionImport.State.WAITING, user_id=request.user.pk or 0
        )
        record = waiting.filter(pk=kwargs["pk"]).first()
        if record is None or not place_of(record).is_file():
            messages.error(
                request, gettext("The upload is no longer there; choose the file again.")
            )
            return redirect("questions:imports")
        self.record: QuestionImport = record
        self.place, self.name = place_of(self.record), self.record.file_name.lower()
        try:
            self.columns = columns(self.place, self.name)
            self.rows = preview(self.place, self.name)
        except UnreadableFile as error:
            self.place.unlink()
            self.record.delete()
            messages.error(request, str(error))
            return redirect("questions:imports")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows."""
        chosen = kwargs.pop("chosen", None) or guess(self.columns)
        return super().get_context_data(
            record=self.record,
            columns=[(number, c, chosen.get(c, "")) for number, c in enumerate(self.columns)],
            rows=[[row.get(column, "") for column in self.columns] for row in self.rows],
            fields=[(field, FIELD_NAMES[field]) for field in FIELDS],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin, in the background."""
        chosen = {c: request.POST.get(f"column-{n}", "") for n, c in enumerate(self.columns)}
        if problem := self._problem([field for field in chosen.values() if field]):
            messages.error(request, problem)
            return self.render_to_response(self.get_context_data(chosen=chosen))
        self.record.mapping = chosen
        self.record.save()
        import_in_background.enqueue(self.record.pk)
        messages.success(request, gettext("The import has begun; its progress is shown below."))
        return redirect("questions:imports")

    def _problem(self, fields: list[str]) -> str:
        """What is wrong with the fields that were chosen, or ""."""
        if not set(fields) <= set(FIELDS):
            return gettext("Say of each column what it holds.")
        if len(set(fields)) < len(fields):
            return gettext("Two columns were given the same meaning.")
        nested = {"messages", "turns", "dialogue"} & set(self.columns)
        if "text" not in fields and not nested:
            return gettext("Say which column holds the text.")
        return ""


@task()
def import_in_background(pk: int) -> None:
    """Import a file that waits, and let go of it."""
    record = QuestionImport.objects.get(pk=pk)
    path = place_of(record)
    try:
        importing.run(record, path, record.file_name.lower())
    finally:
        path.unlink(missing_ok=True)


class ErrorsView(PermissionCheckedMixin, View):
    """The rows of an import that could not be used, as CSV."""

    permission_policy = access.imports
    permission_required = "add"

    def get(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        """Row number and reason."""
        record = get_object_or_404(QuestionImport, pk=pk)
        response = StreamingHttpResponse(
            self._lines(record), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="errors-{record.pk}.csv"'
        return response

    def _lines(self, record: QuestionImport) -> Iterator[str]:
        writer = csv.writer(_Echo())
        yield "\ufeff" + writer.writerow([gettext("Row"), gettext("Reason")])
        for row, reason in record.problems.values_list("row", "reason").iterator():
            yield writer.writerow([row, csv_text(reason)])


class GroupNowView(PermissionCheckedMixin, View):
    """Have everything grouped now, in the background."""

    http_method_names = ["post"]
    permission_policy = access.imports
    permission_required = "add"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin."""
        runs.group_in_background.enqueue()
        messages.success(request, gettext("Grouping has begun; its progress is shown below."))
        return redirect("questions:imports")


class _Echo:
    """A file that returns what is written."""

    def write(self, value: str) -> str:
        return value
