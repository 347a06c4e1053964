"""Insights > Contacts: close one, link its answer, say whether the first one was enough."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.viewsets.model import ModelViewSet

from search.journeys.models import Contact

MENU_HOOK = "register_insights_menu_item"


class ContactViewSet(ModelViewSet):
    """Contacts are made by customers; here they are closed."""

    model = Contact
    name = "contacts"
    url_prefix = "insights/contacts"
    icon = "mail"
    menu_label = _("Contacts")
    menu_hook = MENU_HOOK
    menu_order = 60
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    list_display = [
        "__str__",
        Column("created", label=_("Time"), sort_key="created"),
        StatusTagColumn(
            "get_state_display",
            label=_("State"),
            sort_key="state",
            primary=lambda contact: contact.state == Contact.State.OPEN,
        ),
        Column("entry", label=_("Answered by")),
    ]
    list_filter = ["state", "locale"]
    ordering = "-created"
    panels = [
        FieldPanel("message", read_only=True),
        FieldPanel("reply_to", read_only=True),
        FieldRowPanel([FieldPanel("state"), FieldPanel("solved_first")]),
        FieldPanel("entry"),
        HelpPanel(template="insights/contact_asking.html"),
    ]
