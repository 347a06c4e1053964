"""Chooses the engine by the settings. The name of a generation says which engine has it."""

from __future__ import annotations

import re
import uuid
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from django.conf import settings

from search.engine.embedded_generations import EmbeddedGenerations
from search.engine.protocol import EngineMissing, Generations

if TYPE_CHECKING:
    from search.engine.elastic_client import Cluster
    from search.engine.elastic_generations import ElasticGenerations

Kind = Literal["embedded", "elasticsearch"]

#: Names as `new_name` makes them (and once made them): only these are tidied away.
_OURS = re.compile(r"(embedded-|elasticsearch-|g)[0-9a-f]{12}\Z")


def configured() -> Kind:
    """The engine that the settings name: Elasticsearch where they have its address."""
    return "elasticsearch" if settings.ELASTICSEARCH_URL else "embedded"


def new_name() -> str:
    """A name for a generation of the configured engine that no other generation has."""
    return f"{configured()}-{uuid.uuid4().hex[:12]}"


def kind_of(name: str) -> Kind:
    """The engine that has the generation ``name``."""
    return "elasticsearch" if name.startswith("elasticsearch-") else "embedded"


def having(name: str) -> Generations:
    """The indexes among which the generation ``name`` is; raises `EngineMissing`."""
    if kind_of(name) == "embedded":
        return _embedded(Path(settings.INDEX_DIR))
    if not settings.ELASTICSEARCH_URL:
        raise EngineMissing(
            "The index in use lies in Elasticsearch, and ELASTICSEARCH_URL does not say where. "
            "Set it, or run rebuild_index to build an embedded index."
        )
    return _elastic(cluster())


def all_generations() -> list[tuple[Generations, str]]:
    """Every generation of this site that can be reached, with the indexes that it is among."""
    reached: list[Generations] = [_embedded(Path(settings.INDEX_DIR))]
    if settings.ELASTICSEARCH_URL:
        reached.append(_elastic(cluster()))
    return [
        (generations, name)
        for generations in reached
        for name in generations.names()
        if _OURS.match(name)
    ]


def cluster(**changes: Any) -> Cluster:
    """Where Elasticsearch is, by the settings. A site without one never loads its client."""
    from search.engine.elastic_client import Cluster

    given: dict[str, Any] = {
        "addresses": tuple(a for a in settings.ELASTICSEARCH_URL.replace(",", " ").split() if a),
        "api_key": settings.ELASTICSEARCH_API_KEY,
        "prefix": settings.ELASTICSEARCH_PREFIX,
        "shards": settings.ELASTICSEARCH_SHARDS,
        "replicas": settings.ELASTICSEARCH_REPLICAS,
        "search_timeout": settings.ELASTICSEARCH_TIMEOUT,
    }
    return Cluster(**{**given, **changes})


@lru_cache(maxsize=4)
def _embedded(root: Path) -> EmbeddedGenerations:
    return EmbeddedGenerations(root)


@lru_cache(maxsize=4)
def _elastic(given: Cluster) -> ElasticGenerations:
    from search.engine.elastic_generations import ElasticGenerations

    return ElasticGenerations(given)
