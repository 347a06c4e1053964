"""A site that others reach. Refuses to start without its secrets."""

import os

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403

DEBUG = False
for _name in ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL"):
    if not os.environ.get(_name):
        raise ImproperlyConfigured(f"Set {_name} in the environment; see docs/production.md.")
SECRET_KEY = os.environ["SECRET_KEY"]
NINJA_NUM_PROXIES = int(os.environ.get("PROXIES") or 1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https:")
