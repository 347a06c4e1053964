"""The admin's import page: upload a table of questions, look at what it would do, confirm."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from content.models import Category, Entry

from . import uploads
from .calling import Call, carry_out, preview
from .forms import ImportForm
from .places import CallError, Places
from .reporting import summary
from .running import Planned

#: Rows of the preview, and rows that one request may import.
SHOWN = 50
MAX_ROWS = 2000


def may_import(user: object) -> bool:
    """Whether ``user`` may add and publish pages anywhere."""
    return all(page_permission_policy.user_has_permission(user, p) for p in ("add", "publish"))


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
    return render(request, "content/importing/upload.html", {"form": form})


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
        _check(request.user, planned, outcome.categories)
        if request.method == "POST":
            outcome = carry_out(call, user=request.user)
            uploads.drop(request.session, waiting)
            messages.success(request, _("Imported: %(summary)s") % {"summary": summary(outcome)})
            return redirect("content_entries")
    except CallError as error:
        uploads.drop(request.session, waiting)
        messages.error(request, str(error))
        return redirect("content_import")
    context = {
        "name": waiting.name,
        "category": category,
        "planned": planned[:SHOWN],
        "more": max(0, len(planned) - SHOWN),
        "outcome": outcome,
        "summary": summary(outcome),
        "todo": outcome.created + outcome.changed,
    }
    return render(request, "content/importing/preview.html", context)


def _path_of(category: Category) -> str:
    above = category.get_ancestors(inclusive=True).filter(depth__gt=2)
    return "/".join(above.values_list("slug", flat=True))


def _check(user: object, planned: Iterable[Planned], made: Iterable[str]) -> None:
    """Raise PermissionDenied where ``user`` may not add or change what ``planned`` would."""
    planned = list(planned)
    above: dict[int, Page] = {p.parent.pk: p.parent for p in planned if p.parent is not None}
    places = Places(dry=True)
    for code in {name.split("/")[0] for name in made}:
        front = places.front(code)
        if front is None:
            raise PermissionDenied
        above[front.pk] = front
    for page in above.values():
        rights = page.permissions_for_user(user)
        if not (rights.can_add_subpage() and rights.can_publish_subpage()):
            raise PermissionDenied
    ids = [p.existing.page_id for p in planned if p.existing and p.state == "changed"]
    for entry in Entry.objects.filter(pk__in=ids):
        rights = entry.permissions_for_user(user)
        if not (rights.can_edit() and rights.can_publish()):
            raise PermissionDenied
