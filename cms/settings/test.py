"""What the tests run under: everything real, in a folder of its own, nothing slow on purpose."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="zhida-test-"))
# Processes that test beside each other have a folder each, and what they start has theirs.
if beside := os.environ.pop("PYTEST_XDIST_WORKER", ""):
    shared, own = Path(os.environ["VAR_DIR"], "references"), Path(os.environ["VAR_DIR"], beside)
    # Vectors that the model makes of texts of ours are the same for all of them, and take a minute.
    for folder in (shared, own):
        folder.mkdir(parents=True, exist_ok=True)
    if not (own / "references").exists():
        (own / "references").symlink_to(shared)
    os.environ["VAR_DIR"] = str(own)

from .base import *  # noqa: F403

SECRET_KEY = "test-only"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Static files are looked for when they are asked for, not all of them by each test's client.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
# DATABASE_URL has the tests run on PostgreSQL, in a database of their own beside the named one.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and processes of one test must see one database.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}

# Records are written at once by whoever makes them; settings are read afresh.
JOURNEYS_WRITER = "inline"
JOURNEYS_SETTINGS_SECONDS = 0
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# Tests that run on Elasticsearch say so themselves, and are patient with a busy machine.
ELASTICSEARCH_URL = ""
ELASTICSEARCH_REPLICAS = "0"
ELASTICSEARCH_TIMEOUT = 30.0

# Tests of what is found by meaning switch it on themselves.
EMBEDDINGS = "off"

# Tests that search tell the engine themselves (fixture ``index``), so that no thread outlives one.
INDEX_DRAIN = "off"

# The demonstration's people have the passwords that the documents name.
DOCUMENTED_PASSWORDS = True
