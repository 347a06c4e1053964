"""The indexes of one site in a cluster, and the aliases by which the one in use is known.

A generation `g` of the site `zhida` is the index `zhida.g`, written through the alias
`zhida.g.write`. The aliases `zhida.read` and `zhida.write` stand on the one in use.
"""

import re
from collections.abc import Mapping
from typing import Any

from elasticsearch import BadRequestError

from . import elastic_mapping
from .elastic import ElasticEngine
from .elastic_client import Cluster, Connection, asking
from .protocol import EngineFailed, EngineMissing, VectorSpace

_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}\Z")
READ, WRITE = "read", "write"


class ElasticGenerations:
    """The indexes whose names begin with the site's prefix; those of other sites are let alone."""

    def __init__(self, cluster: Cluster) -> None:
        if not _PREFIX.match(cluster.prefix):
            raise ValueError(
                f"“{cluster.prefix}” cannot begin the names of indexes: use lower-case letters, "
                "digits, “-” and “_”."
            )
        self.cluster = cluster
        self._connection = Connection(cluster)

    def create(self, name: str, space: VectorSpace | None = None) -> ElasticEngine:
        """Make an empty index that keeps vectors of `space`; raises `EngineFailed` if the name is
        taken."""
        with asking(f"Making the index {name}"):
            try:
                self._connection.working.indices.create(
                    index=self._index(name),
                    mappings=elastic_mapping.mappings(space),
                    settings=elastic_mapping.settings(self.cluster.shards, self.cluster.replicas),
                    aliases={self._alias(name, WRITE): {}},
                )
            except BadRequestError as error:
                if error.error != "resource_already_exists_exception":
                    raise
                raise EngineFailed(f"There is an index {name} already.") from error
        return self.open(name)

    def open(self, name: str) -> ElasticEngine:
        """Open an index; raises `EngineMissing` if there is none of that name.

        The one in use is addressed by the aliases: who still holds it after a switch reads and
        writes the one that took its place.
        """
        index = self._index(name)
        with asking(f"Opening the index {name}"):
            found = self._connection.searching.indices.get(index=index)
        about = found[index]
        shards = int(about["settings"]["index"]["number_of_shards"])
        reads, writes = self._alias(READ), self._alias(WRITE)
        if not {reads, writes} <= about["aliases"].keys():
            reads, writes = index, self._alias(name, WRITE)
        space = elastic_mapping.space_of(about["mappings"])
        return ElasticEngine(self._connection, reads, writes, shards, space)

    def use(self, name: str) -> None:
        """Put both aliases on an index, off every other one, in one step."""
        if self.in_use() == name:
            return
        aliases = [self._alias(READ), self._alias(WRITE)]
        actions: list[dict[str, Any]] = [
            {"remove": {"index": self._index("*"), "aliases": aliases, "must_exist": False}},
            {"add": {"index": self._index(name), "aliases": aliases}},
        ]
        with asking(f"Putting the index {name} to use"):
            self._connection.working.indices.update_aliases(actions=actions)

    def in_use(self) -> str | None:
        """Return the name of the index that both aliases stand on; None where there is none."""
        aliases = {self._alias(READ), self._alias(WRITE)}
        for name, about in self._about().items():
            if aliases <= about["aliases"].keys():
                return name
        return None

    def destroy(self, name: str) -> None:
        """Remove an index and its data; nothing happens if there is none."""
        with asking(f"Removing the index {name}"):
            self._connection.working.indices.delete(
                index=self._index(name), ignore_unavailable=True
            )

    def names(self) -> list[str]:
        """Return the names of the indexes there are, sorted."""
        return sorted(self._about())

    def _about(self) -> Mapping[str, Any]:
        with asking("Listing the indexes"):
            try:
                found = self._connection.searching.indices.get_alias(
                    index=self._index("*"), expand_wildcards="all"
                )
            except EngineMissing:
                return {}
        start = len(self._index(""))
        return {index[start:]: about for index, about in found.items()}

    def _index(self, name: str) -> str:
        return f"{self.cluster.prefix}.{name}"

    def _alias(self, *parts: str) -> str:
        return ".".join((self.cluster.prefix, *parts))
