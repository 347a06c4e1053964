"""The Elasticsearch of this test run, named by ELASTICSEARCH_URL in the environment."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from search.engine.elastic_client import Cluster
from search.engine.elastic_generations import ElasticGenerations

#: Parameters of fixtures that run their tests on each engine.
ENGINES = ("embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch))
#: Seconds: a busy machine is not what is tested.
PATIENCE = 30.0


def address() -> str:
    """Where the server is; skips the test where there is none."""
    url = os.environ.get("ELASTICSEARCH_URL", "")
    if not url:
        pytest.skip("ELASTICSEARCH_URL names no Elasticsearch server")
    return url


@contextmanager
def generations(**more: Any) -> Iterator[ElasticGenerations]:
    """Indexes of one test, apart from all others and gone afterwards."""
    settings = {"addresses": (address(),), "replicas": "0", "search_timeout": PATIENCE, **more}
    made = ElasticGenerations(Cluster(prefix=f"test-{uuid.uuid4().hex[:12]}", **settings))
    try:
        yield made
    finally:
        for name in made.names():
            made.destroy(name)


@contextmanager
def configured(settings: Any) -> Iterator[ElasticGenerations]:
    """Have the site keep its index there, for one test, and wait for it as long as it takes."""
    with generations() as made, pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.engine.guarded.PATIENCE", PATIENCE)
        patch.setattr("search.lookup.service.BUDGET", PATIENCE)
        settings.ELASTICSEARCH_URL = address()
        settings.ELASTICSEARCH_PREFIX = made.cluster.prefix
        yield made
