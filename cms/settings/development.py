"""One machine, no secrets: what ``make run`` uses. Never for a site that others can reach."""

import os

from .base import *  # noqa: F403

DEBUG = False
SECRET_KEY = "development-only"
BASE_URL = os.environ.get("BASE_URL") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
WAGTAILADMIN_BASE_URL = BASE_URL
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# Nothing is collected here; the absence of the folder would be warned of.
STATIC_ROOT.mkdir(exist_ok=True)
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

#: The demonstration's people get the passwords that the documents name.
DOCUMENTED_PASSWORDS = True
