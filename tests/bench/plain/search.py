"""The database search, as Wagtail's documentation has projects call it."""

from django.http import HttpRequest, JsonResponse
from wagtail.models import Locale

from .models import Article

FIRST = 10


def search(text: str, locale: str) -> list[Article]:
    """The first ten live articles of a language."""
    spoken = Locale.objects.get(language_code=locale)
    return list(Article.objects.live().filter(locale=spoken).search(text)[:FIRST])


def find(request: HttpRequest) -> JsonResponse:
    """The same over HTTP: titles."""
    return JsonResponse([p.title for p in search(request.GET["q"], "en")], safe=False)
