"""How it went: the questions after a contact, each of which may be left out."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from search.journeys.limits import limited
from search.journeys.models import SCALES, JourneySettings, Measure
from search.journeys.ratings import contact_of, rate

#: The question, and what its lowest and highest answer mean.
_QUESTIONS = {
    Measure.CSAT: (
        _("How satisfied are you with our help?"),
        _("not at all"),
        _("very"),
    ),
    Measure.CES: (
        _("How easy was it to get your question handled?"),
        _("very hard"),
        _("very easy"),
    ),
    Measure.NPS: (
        _("How likely are you to recommend us?"),
        _("not at all"),
        _("certainly"),
    ),
    Measure.SOLVED: (_("Did our first answer solve it?"), "", ""),
}
_SCALE = _("Lowest: %(low)s. Highest: %(high)s.")
_YES_NO = ((1, _("Yes")), (0, _("No")))


class RatingForm(forms.Form):
    """One row of choices for each question that the site asks; ``at_once``: no answer came yet."""

    def __init__(self, *args, at_once: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for measure in JourneySettings.current().asked:
            if at_once and measure == Measure.SOLVED:
                continue
            question, low, high = _QUESTIONS[measure]
            ends = range(SCALES[measure][0], SCALES[measure][1] + 1)
            choices = _YES_NO if measure == Measure.SOLVED else [(n, str(n)) for n in ends]
            self.fields[measure.value] = forms.TypedChoiceField(
                label=question,
                choices=choices,
                coerce=int,
                required=False,
                empty_value=None,
                widget=forms.RadioSelect,
                help_text=_("Lowest: %(low)s. Highest: %(high)s.") % {"low": low, "high": high}
                if low
                else "",
            )

    @property
    def answers(self) -> dict[str, int]:
        """What was answered."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


@require_http_methods(["GET", "HEAD", "POST"])
@limited("events", methods=("POST",))
def rating(request: HttpRequest, token: str) -> HttpResponse:
    """The questions; on sending, thanks. Works for sixty days, and again to correct oneself."""
    contact = contact_of(token)
    if contact is None or not JourneySettings.current().asked:
        raise Http404
    form = RatingForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "lookup/rating.html", {"form": form, "token": token}, status=status)
    rate(contact, form.answers)
    return render(request, "lookup/rating.html", {"thanks": True})
