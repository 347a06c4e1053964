"""The reader's language from the address; programs are not sent to pages in a language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware

_NO_PAGES = ("/api/", "/documents/", settings.MEDIA_URL)


class LanguageMiddleware(LocaleMiddleware):
    """As Django's, but what the API or the files do not have is not looked for among the pages."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path_info.startswith(_NO_PAGES):
            return response
        return super().process_response(request, response)
