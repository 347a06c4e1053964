"""One machine, no secrets: what ``make run`` uses. Never for a site that others can reach."""

from .base import *  # noqa: F403

DEBUG = False
SECRET_KEY = "development-only"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

#: The demonstration's people get the passwords that the documents name.
DOCUMENTED_PASSWORDS = True
