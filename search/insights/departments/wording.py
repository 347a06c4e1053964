"""The mail of a digest: numbers and links. What people wrote stays behind the sign-in."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.insights.metrics.models import FigureSettings

from .counting import verdict
from .models import Digest

#: Lines of a mail; the rest is on the page.
MOST = 10


def subject(digest: Digest) -> str:
    """Of the mail."""
    return _("%(site)s: weekly digest of %(department)s") % {
        "site": settings.WAGTAIL_SITE_NAME,
        "department": digest.department,
    }


def body(digest: Digest) -> str:
    """Of the mail: the causes that most people met, and what became of what was closed."""
    causes, closed = digest.data.get("causes", []), digest.data.get("closed", [])
    first, last = (formats.date_format(day, "SHORT_DATE_FORMAT") for day in _days(digest))
    minimum = FigureSettings.current().minimum
    number = len(causes) + digest.data.get("more", 0)
    text = [_("Week from %(first)s to %(last)s") % {"first": first, "last": last}, ""]
    text.append(
        ngettext("%(number)d open cause", "%(number)d open causes", number) % {"number": number}
    )
    text += [_line(row, minimum) for row in causes[:MOST]]
    if closed:
        text += ["", _("Closed in the last four weeks:")]
        text += [_line(row, minimum) for row in closed[:MOST]]
    return "\n".join([*text, "", address(digest), ""])


def address(digest: Digest) -> str:
    """Where it opens, in full."""
    return f"{settings.BASE_URL}{reverse('departments:digest', args=[digest.pk])}"


def name(row: dict) -> str:
    """By its number alone."""
    if row["kind"] == "gap":
        return _("Gap %(number)d") % {"number": row["id"]}
    return _("Frequent question %(number)d") % {"number": row["id"]}


def change(row: dict, minimum: int) -> str:
    """Whether it fell, in words; fewer cases than ``minimum`` tell nothing."""
    texts = {
        "fell": _("fell"),
        "rose": _("rose"),
        "same": _("no clear change"),
        "few": _("too few to tell"),
    }
    return texts[verdict(row["now"], row["before"], minimum)]


def _line(row: dict, minimum: int) -> str:
    return _("- %(name)s: %(now)d in %(days)d days, %(before)d before (%(change)s)") % {
        "name": name(row),
        "now": row["now"],
        "days": row["days"],
        "before": row["before"],
        "change": change(row, minimum),
    }


def _days(digest: Digest):
    return digest.week, digest.last
