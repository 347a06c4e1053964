"""The diagnosis on the pages: what of it this reader may know, and what it offers to do."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.models import Locale

from content.admin.translating import tell_of_shelves
from content.audience import Audience
from content.models import Entry
from content.translating import translation_draft
from search.engine.protocol import EngineFailed
from search.insights import states, verification
from search.insights.diagnosis.keeping import diagnose
from search.insights.diagnosis.models import Diagnosis, Kind
from search.insights.diagnosis.remedies import ask_for_audience, propose_phrasing
from search.insights.models import Gap, Proposal


def diagnosis_for(gap: Gap, user: Any) -> dict[str, Any]:
    """The diagnosis, and its entry where ``user`` may see it."""
    found = Diagnosis.objects.filter(gap=gap).select_related("entry__locale").first()
    entry = found.entry if found else None
    visible = entry is not None and Audience.of(user).sees(entry.audience)
    permissions = entry.permissions_for_user(user) if entry is not None and visible else None
    return {
        "diagnosis": found,
        "diagnosed_entry": entry if visible else None,
        "hidden_audience": Audience(entry.audience).label if entry and not visible else "",
        "may_edit": permissions is not None and permissions.can_edit(),
        "may_translate": user.has_perm("simple_translation.submit_translation"),
        "may_phrase": bool(entry) and user.has_perm("search_index.change_synonym"),
        "synonyms": _synonyms(gap, entry) if entry and visible else (),
    }


def _synonyms(gap: Gap, entry: Entry) -> list[Proposal]:
    """Open proposals of synonyms that the gap's own searches speak for."""
    rows = Proposal.objects.filter(
        kind=Proposal.Kind.SYNONYM,
        state=Proposal.State.OPEN,
        entry=entry,
        evidence__query_id__in=gap.evidence.values("query_id"),
    )
    return list(rows.distinct()[:5])


class DiagnosisActions:
    """What a person does about a diagnosis; part of the view of a gap's actions."""

    request: Any

    def _diagnose(self, gap: Gap) -> HttpResponse:
        try:
            diagnose(gap)
        except EngineFailed:
            messages.error(
                self.request, gettext("The search engine does not answer. Try again later.")
            )
        else:
            messages.success(self.request, gettext("The diagnosis is made anew."))
        return redirect("insights:gap", gap.pk)

    def _phrase(self, gap: Gap) -> HttpResponse:
        entry = self._entry(gap, Kind.NOT_FINDABLE)
        proposal = propose_phrasing(gap, entry) if entry else None
        if proposal is None:
            messages.error(
                self.request, gettext("None of the wordings can be a phrasing of this entry.")
            )
            return redirect("insights:gap", gap.pk)
        return redirect("proposals:proposal", proposal.pk)

    def _ask(self, gap: Gap) -> HttpResponse:
        entry = self._entry(gap, Kind.NOT_PERMITTED)
        if entry is None:
            messages.error(self.request, gettext("You may not see this entry."))
        elif ask_for_audience(gap, entry, self.request.user):
            messages.success(
                self.request,
                gettext("The question stands beside the audience in the entry's editor."),
            )
        else:
            messages.info(
                self.request, gettext("This has been asked already and waits for an answer.")
            )
        return redirect("insights:gap", gap.pk)

    def _translate(self, gap: Gap) -> HttpResponse:
        """A draft in the language of the searches, which belongs to the gap from now on."""
        entry = self._entry(gap, Kind.WRONG_LANGUAGE)
        locale = Locale.objects.filter(language_code=gap.locale).first()
        may = self.request.user.has_perm("simple_translation.submit_translation")
        if entry is None or locale is None or not may:
            messages.error(self.request, gettext("You may not translate this entry."))
            return redirect("insights:gap", gap.pk)
        page, shelves = translation_draft(entry, locale, self.request.user)
        if page.live:
            verification.link(gap, page, self.request.user)
            return redirect("insights:gap", gap.pk)
        states.translate(gap, page, self.request.user)
        tell_of_shelves(self.request, shelves)
        return redirect("wagtailadmin_pages:edit", page.pk)

    def _revise(self, gap: Gap) -> HttpResponse:
        """The editor of the entry, whose next version belongs to the gap from now on."""
        entry = self._entry(gap, Kind.UNHELPFUL)
        if entry is None or not entry.permissions_for_user(self.request.user).can_edit():
            messages.error(self.request, gettext("You may not edit this entry."))
            return redirect("insights:gap", gap.pk)
        states.revise(gap, entry, self.request.user)
        return redirect("wagtailadmin_pages:edit", entry.pk)

    def _entry(self, gap: Gap, kind: Kind) -> Entry | None:
        rows = Diagnosis.objects.filter(gap=gap, kind=kind).select_related("entry__locale")
        entry = next((row.entry for row in rows), None)
        if entry is None or not Audience.of(self.request.user).sees(entry.audience):
            return None
        return entry
