"""A place in an Elasticsearch for one bench, gone afterwards."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class NoCluster(Exception):
    """ELASTICSEARCH_URL names no server."""


def address() -> str:
    """Where the server is; raises `NoCluster`."""
    url = os.environ.get("BENCH_ELASTICSEARCH_URL") or os.environ.get("ELASTICSEARCH_URL", "")
    if not url:
        raise NoCluster("set ELASTICSEARCH_URL to the address of an Elasticsearch")
    return url


@contextmanager
def place(**more: Any) -> Iterator[Any]:
    """Generations that nobody else has."""
    from search.engine.elastic_client import Cluster
    from search.engine.elastic_generations import ElasticGenerations

    settings = {"replicas": "0", "search_timeout": 30.0, **more}
    made = ElasticGenerations(
        Cluster((address(),), prefix=f"bench-{uuid.uuid4().hex[:10]}", **settings)
    )
    try:
        yield made
    finally:
        for name in made.names():
            made.destroy(name)


@contextmanager
def site_in(there: Any) -> Iterator[dict[str, str]]:
    """Let the site's rebuilds go to this place, and to the embedded engine again afterwards; gives
    the environment in which its servers find it."""
    from django.conf import settings

    from search.index import generations, rebuild

    environment = {
        "ELASTICSEARCH_URL": address(),
        "ELASTICSEARCH_PREFIX": there.cluster.prefix,
        "ELASTICSEARCH_REPLICAS": "0",
    }
    for name, value in environment.items():
        setattr(settings, name, value)
    try:
        yield environment
    finally:
        settings.ELASTICSEARCH_URL = ""
        generations.forget()
        rebuild.rebuild()
