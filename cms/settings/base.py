"""What every installation shares. Values that differ between machines come from the environment."""

import os
from pathlib import Path

import dj_database_url
import dj_email_url
from django.utils.translation import gettext_lazy as _

from . import sqlite

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)

ALLOWED_HOSTS = [h for h in os.environ.get("ALLOWED_HOSTS", "").split(",") if h]
BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "cms.apps.CmsConfig",
    "search.desk",
    "search.insights",
    "search.lookup",
    "search.journeys",
    "search.index",
    "content",
    "themes",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.locales",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "cms.middleware.Probes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "search.journeys.visitor.VisitorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.middleware.CustomerPagePolicy",
    "cms.middleware.WholeForms",
    "cms.api.ProblemDetails",
    "content.redirects.AudienceRedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "themes/zhida/templates", BASE_DIR / "themes/admin/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.branding.context",
                "search.lookup.visitors.context",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'zhida.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = sqlite.OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", _("English")),
    ("zh-hans", _("Simplified Chinese")),
    ("zh-hant", _("Traditional Chinese")),
]
# Our own strings; words of Wagtail that its Chinese catalogues leave in English.
LOCALE_PATHS = [BASE_DIR / "cms/locale", BASE_DIR / "cms/wagtail_locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["cms.formats"]
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [
    ("en", "English"),
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
]
TIME_ZONE = os.environ.get("TIME_ZONE", "UTC")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "themes/zhida/static", BASE_DIR / "themes/admin/static"]
AUTHENTICATION_BACKENDS = ["cms.permissions.OneQueryBackend"]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
#: Where the proxy finds uploads when it is told that a reader may have one (X-Accel-Redirect);
#: without it they are handed out by the application itself.
MEDIA_ACCEL = os.environ.get("MEDIA_ACCEL", "")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

WAGTAIL_SITE_NAME = "Zhida"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
WAGTAILADMIN_USER_LOGIN_FORM = "cms.sign_in.SignInForm"
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILEMBEDS_FINDERS: list[dict] = []

TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if url := os.environ.get("CACHE_URL"):
    CACHES["default"] = {"BACKEND": "cms.caching.RedisCache", "LOCATION": url}

# Counters of calls have room of their own: they are many and small, and live for a minute.
CACHES["limits"] = (
    {**CACHES["default"], "KEY_PREFIX": "limits"}
    if url
    else {**CACHES["default"], "LOCATION": "limits", "OPTIONS": {"MAX_ENTRIES": 50_000}}  # type: ignore[dict-item]
)

# Pages of entries as anonymous readers see them; they go when anything that is shown changes.
CACHES["pages"] = (
    {**CACHES["default"], "KEY_PREFIX": "pages"}
    if url
    else {**CACHES["default"], "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 1_000}}  # type: ignore[dict-item]
)
#: Seconds for which a page is kept at most; 0: not at all.
PAGE_CACHE_SECONDS = 3600

#: (calls, seconds) that one visitor has, by address, or one signed-in user; each key typed is a
#: call. Agents and staff have so many times as much.
REQUEST_LIMITS = {
    "search": (600, 60),
    "suggest": (1200, 60),
    "articles": (600, 60),
    "events": (600, 60),
    "contact": (10, 3600),
    "questions": (20_000, 60),
}
COLLEAGUES_LIMIT = 10
#: Proxies in front whose X-Forwarded-For is believed.
NINJA_NUM_PROXIES = int(os.environ.get("PROXIES") or 0)

#: Who writes down searches and events: a "thread" of each process, in batches, or whoever makes
#: them ("inline"); and for how many seconds what the operator decides about that is remembered.
JOURNEYS_WRITER = "thread"
JOURNEYS_SETTINGS_SECONDS = 10

vars().update(dj_email_url.parse(os.environ.get("EMAIL_URL") or "console:"))
#: Seconds that a mail server is waited for.
EMAIL_TIMEOUT = globals().get("EMAIL_TIMEOUT") or 10
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "help@localhost")

#: Whether webhooks of alerts may reach private addresses (this machine, its network), and go
#: without TLS. Otherwise whoever writes rules could reach what only the server should.
ALERT_WEBHOOKS_PRIVATE = os.environ.get("ALERT_WEBHOOKS_PRIVATE", "") == "1"

ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")
ELASTICSEARCH_API_KEY = os.environ.get("ELASTICSEARCH_API_KEY", "")
#: Begins the names of this site's indexes and aliases, where several sites share a cluster.
ELASTICSEARCH_PREFIX = os.environ.get("ELASTICSEARCH_PREFIX") or "zhida"
#: Shards of an index; copies of each, a number or a range by the number of nodes. A rebuild takes
#: them over.
ELASTICSEARCH_SHARDS = int(os.environ.get("ELASTICSEARCH_SHARDS") or 1)
ELASTICSEARCH_REPLICAS = os.environ.get("ELASTICSEARCH_REPLICAS") or "0-1"
#: Seconds that a search waits for Elasticsearch.
ELASTICSEARCH_TIMEOUT = float(os.environ.get("ELASTICSEARCH_TIMEOUT") or 0.8)

#: Who turns texts into vectors: "bundled" (where its package is installed; so too when empty),
#: "off", or the address of an OpenAI-compatible endpoint, with its model and its key.
EMBEDDINGS = os.environ.get("EMBEDDINGS", "").strip()
EMBEDDINGS_MODEL = os.environ.get("EMBEDDINGS_MODEL", "").strip()
EMBEDDINGS_API_KEY = os.environ.get("EMBEDDINGS_API_KEY", "")
#: How the endpoint hears whether a text is a query or a passage: "input_type" (a field of the
#: request), "prefix" ("query: " and "passage: " before the text), "none". Empty: "input_type" for
#: E5 models and where no model is named, else "none".
EMBEDDINGS_ROLES = os.environ.get("EMBEDDINGS_ROLES", "").strip()
#: Milliseconds that a search waits for the vector of its query; then it is answered by words.
SEARCH_MEANING_WAIT_MS = int(os.environ.get("SEARCH_MEANING_WAIT_MS") or 60)

#: Where the embedded search engine keeps its generations.
INDEX_DIR = VAR_DIR / "index"
#: Who tells the engine of changes: a "thread" of each process after commit, the committing thread
#: itself ("inline"), or only the worker ("off").
INDEX_DRAIN = "thread"
#: Share of a question's words, by weight, that a hit must cover to count as an answer (0 to 1).
SEARCH_ANSWERED_AT = 0.3
#: How much each signal adds to (or takes from) the score of a hit, at most, as a share of it; 0
#: switches it off. ``bound`` holds for all together.
SEARCH_SIGNALS = {
    "coec": 0.2,
    "votes": 0.05,
    "solved": 0.05,
    "confidence": 0.03,
    "verification": 0.03,
    "age": 0.1,
    "bound": 0.2,
}
