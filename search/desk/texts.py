"""What the console's script says to the agent, in the agent's language."""

from __future__ import annotations

from django.utils.translation import gettext as _


def texts() -> dict[str, str]:
    """By name, for the script."""
    return {
        "copied": _("Answer copied, with its link."),
        "copied_internal": _("Copied. For agents only: do not pass it on."),
        "link_copied": _("Link copied."),
        "link_internal": _("Link copied. Customers cannot open it."),
        "used_solved": _("Noted: used, solved."),
        "used_unsolved": _("Noted: used, not solved."),
        "not_found": _("Noted as not found. The writers will see it."),
        "nothing_open": _("Choose an answer first."),
        "nothing_asked": _("Type the question first."),
        "changed": _("The open entry has changed."),
        "gone": _("The open entry is no longer published."),
        "failed": _("That did not work. Try again."),
        "signed_out": _("You are no longer signed in. Load the page again."),
        "no_clipboard": _("The browser did not allow copying."),
    }
