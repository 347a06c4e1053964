"""The editing form of entries: panels in the order in which a writer works."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PublishingPanel,
)

_PHRASINGS = InlinePanel(
    "phrasings",
    heading=_("Other phrasings"),
    label=_("Phrasing"),
    help_text=_("How people ask this in their own words. Nothing helps the search as much."),
)
_AUDIENCE = MultiFieldPanel(
    [FieldRowPanel([FieldPanel("audience"), FieldPanel("confidence")])],
    heading=_("Audience and confidence"),
)
_RESPONSIBILITY = MultiFieldPanel(
    [
        FieldRowPanel(
            [FieldPanel("responsible"), FieldPanel("backup_owner"), FieldPanel("verify_by")]
        )
    ],
    heading=_("Ownership and verification"),
)
_SUBJECT = MultiFieldPanel([FieldPanel("products"), FieldPanel("keywords")], heading=_("Subject"))

FAQ = [
    FieldPanel("title", heading=_("Question")),
    FieldPanel("lead", heading=_("Short answer")),
    _PHRASINGS,
    _AUDIENCE,
    FieldPanel("body", heading=_("Longer answer")),
    _SUBJECT,
    _RESPONSIBILITY,
]
ARTICLE = [
    FieldPanel("title"),
    FieldPanel("lead"),
    FieldPanel("body"),
    _PHRASINGS,
    _AUDIENCE,
    _SUBJECT,
    _RESPONSIBILITY,
]
PROMOTE = [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")]
SETTINGS = [PublishingPanel()]
