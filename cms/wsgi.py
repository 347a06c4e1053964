"""The web server's way in: the site, with all that its processes share loaded before they fork."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = get_wsgi_application()
_ = get_resolver().url_patterns
# To look through all that stays loaded takes a tenth of a second, in the middle of some request,
# and would have each process copy what it shares.
gc.collect()
gc.freeze()
