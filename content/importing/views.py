"""The admin's import page: upload a table of questions, look at what it would do, confirm.

It comes in live where the person may publish, else as drafts, to be submitted for review as others.
"""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from content.audience import Audience
from content.models import Category

from . import uploads
from .calling import Call, carry_out, preview
from .forms import ImportForm
from .places import CallError
from .reporting import summary
from .rights import may_import, may_publish

#: Rows of the preview, and rows that one request may import.
SHOWN = 50
MAX_ROWS = 2000


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The form; a valid file leads to its preview."""
    if not may_import(request.user):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        token = uploads.keep(
            request.session,
            data["file"],
            name=form.shown_name(),
            category=data["category"].pk,
            audience=data["audience"],
        )
        return redirect("content_import_preview", token)
    context = {"form": form, "trail": _trail(_("Import questions"))}
    return render(request, "content/importing/upload.html", context)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what an upload would do; do it where that is confirmed."""
    if not may_import(request.user):
        raise PermissionDenied
    waiting = uploads.find(request.session, token)
    category = Category.objects.filter(pk=waiting.category).first() if waiting else None
    if waiting is None or category is None:
        messages.error(request, _("The upload is no longer there; choose the file again."))
        return redirect("content_import")
    call = Call(
        path=waiting.path,
        locale=category.locale.language_code,
        category=_path_of(category),
        audience=waiting.audience,
        name=waiting.name,
    )
    try:
        planned, outcome = preview(call)
        if len(planned) > MAX_ROWS:
            raise CallError(
                _("The file has more than %(max)s rows; import it with the command.")
                % {"max": MAX_ROWS}
            )
        call = replace(call, publish=may_publish(request.user, planned, outcome.categories))
        if request.method == "POST":
            outcome = carry_out(call, user=request.user)
            uploads.drop(request.session, waiting)
            said = (
                _("Imported: %(summary)s") if call.publish else _("Imported as drafts: %(summary)s")
            )
            messages.success(request, said % {"summary": summary(outcome)})
            return redirect("content_entries")
    except CallError as error:
        uploads.drop(request.session, waiting)
        messages.error(request, str(error))
        return redirect("content_import")
    context = {
        "trail": _trail(_("Import questions"), _("Check the import")),
        "name": waiting.name,
        "category": category,
        "rows": [(p, Audience(p.draft.audience).label) for p in planned[:SHOWN]],
        "live": call.publish,
        "more": max(0, len(planned) - SHOWN),
        "outcome": outcome,
        "summary": summary(outcome),
        "todo": outcome.created + outcome.changed,
    }
    return render(request, "content/importing/preview.html", context)


def _trail(*names: str) -> list[dict[str, str]]:
    """The way to a page of the import, as Wagtail's header shows it."""
    steps = [("wagtailadmin_home", _("Home")), ("content_import", names[0])]
    trail = [{"url": reverse(name), "label": label} for name, label in steps]
    return [*trail[: len(names)], {"url": "", "label": names[-1]}]


def _path_of(category: Category) -> str:
    above = category.get_ancestors(inclusive=True).filter(depth__gt=2)
    return "/".join(above.values_list("slug", flat=True))
