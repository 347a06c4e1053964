"""“An entry there is answers this”: which one, chosen among those that the writer may see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from content.admin.choosers import PageChooser
from content.audience import Audience
from content.models import Article, Entry, FaqEntry


class LinkForm(forms.Form):
    """The entry that answers a gap."""

    entry = forms.ModelChoiceField(
        label=_("Entry"),
        queryset=Entry.objects.none(),
        widget=PageChooser(target_models=[FaqEntry, Article]),
        error_messages={
            "required": _("Choose the entry first."),
            "invalid_choice": _("This is no published entry that you may see."),
        },
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Entry.objects.visible_to(Audience.of(user))
        self.fields["entry"].queryset = choices  # type: ignore[attr-defined]
