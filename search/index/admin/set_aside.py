"""Reports > Changes that could not be indexed: what was set aside, why, and another try."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from search.index import drain, outbox
from search.index.models import OutboxRow


def may_see(user: Any) -> bool:
    """Whether this user may publish anything, and so be concerned."""
    return PagePermissionPolicy().user_has_any_permission(user, {"publish"})


def _editor(row: Any) -> str | None:
    return reverse("wagtailadmin_pages:edit", args=[row.entry_id]) if row.title else None


class SetAsideView(ReportView):
    """One line for each change that waits for a person. A POST tries all of them again, or one."""

    model = OutboxRow
    page_title = gettext_lazy("Changes that could not be indexed")
    header_icon = "warning"
    template_name = "index/set_aside.html"
    index_url_name = "set_aside"
    index_results_url_name = "set_aside_results"
    default_ordering = "set_aside"
    is_searchable = False
    no_results_message = gettext_lazy("Every change has reached the index, or soon will.")
    list_export = ("entry_id", "title", "last_error", "attempts", "set_aside")
    columns = (
        TitleColumn("title", label=gettext_lazy("Title"), get_url=_editor),
        Column("last_error", label=gettext_lazy("Reason")),
        Column("attempts", label=gettext_lazy("Attempts")),
        DateColumn("set_aside", label=gettext_lazy("Set aside")),
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever publishes may look and try again."""
        if not may_see(request.user):
            messages.error(request, _("Sorry, you do not have permission to access this area."))
            return HttpResponseRedirect(reverse("wagtailadmin_home"))
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[OutboxRow]:
        """The rows, with the titles of their entries."""
        title = Page.objects.filter(pk=OuterRef("entry_id")).values("title")
        return outbox.set_aside().annotate(title=Subquery(title, output_field=CharField()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Try again, and say what came of it."""
        entries = set(outbox.set_aside().values_list("entry_id", flat=True))
        outbox.retry(entries)
        drain.drain_entries(entries)
        left = OutboxRow.objects.filter(entry_id__in=entries).values("entry_id").distinct().count()
        done = len(entries) - left
        if done:
            text = ngettext("%(n)s change indexed.", "%(n)s changes indexed.", done)
            messages.success(request, text % {"n": done})
        if left:
            text = ngettext(
                "%(n)s change still cannot be indexed; it is tried a few times more.",
                "%(n)s changes still cannot be indexed; they are tried a few times more.",
                left,
            )
            messages.warning(request, text % {"n": left})
        return HttpResponseRedirect(reverse("set_aside"))
