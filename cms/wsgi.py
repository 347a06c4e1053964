"""The web server's way in: the site, with all that its processes share loaded before they fork."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from django.utils import translation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = get_wsgi_application()

from search.lookup import ready  # noqa: E402 - once the site is set up

for language, _ in settings.LANGUAGES:
    with translation.override(language):
        _ = get_resolver().reverse_dict  # all addresses, as pages of this language name them
ready.load()
# To look through all that stays loaded takes a tenth of a second, in the middle of some request,
# and would have each process copy what it shares.
gc.collect()
gc.freeze()
