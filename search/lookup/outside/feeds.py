"""An Atom feed for each category: what is new or changed, for the public only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import strip_tags

from content.audience import Audience
from content.models import Category, Entry
from search.lookup.languages import current_language, language_tag

from .addresses import absolute, path_of

NEWEST = 30


def category_feed(request: HttpRequest, category: int) -> HttpResponse:
    """The newest entries below a category, whoever asks: an agent's session adds nothing."""
    shelf = get_object_or_404(
        Category.objects.visible_to(Audience.PUBLIC),
        pk=category,
        locale__language_code=current_language(),
    )
    feed = Atom1Feed(
        title=shelf.title,
        link=absolute(path_of(shelf, request)),
        description=shelf.summary,
        language=language_tag(current_language()),
        feed_url=absolute(request.path),
    )
    entries = Entry.objects.visible_to(Audience.PUBLIC).descendant_of(shelf)
    for entry in entries.order_by("-last_published_at", "-pk")[:NEWEST]:
        feed.add_item(
            title=entry.title,
            link=absolute(path_of(entry, request)),
            description=strip_tags(entry.lead),
            pubdate=entry.first_published_at,
            updateddate=entry.last_published_at,
            unique_id=f"urn:uuid:{entry.translation_key}:{entry.locale_id}",
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")
