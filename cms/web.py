"""How gunicorn runs a web server: ``gunicorn --config python:cms.web cms.wsgi:application``.

What its command line says goes before this.
"""

from __future__ import annotations

#: What is loaded before the fork is shared.
preload_app = True
worker_class = "gthread"
threads = 4
workers = 2


def post_worker_init(_worker: object) -> None:
    """Open what searches need before somebody searches."""
    from search.lookup import ready

    ready.begin()
