"""The button “Verified” of an entry."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from content.audience import Audience
from content.models import Entry
from content.verification import verify


@require_POST
def verified(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the user verified the entry; back to its editor."""
    readable = [audience.value for audience in Audience.of(request.user).visible()]
    entry = get_object_or_404(Entry, pk=pk, audience__in=readable).specific
    if not entry.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    verify(entry, request.user)
    messages.success(
        request,
        _("“%(title)s” is verified; it is due again on %(date)s.")
        % {"title": entry.title, "date": date_format(entry.verify_by)},
    )
    return redirect("wagtailadmin_pages:edit", entry.pk)
