"""A cache in Redis that may fail: what it cannot keep is not kept, and no page waits for it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache as DjangosRedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

#: Seconds that an answer may take, and for which Redis is spared after a failure.
TIMEOUT, SPARED = 0.5, 2.0


class RedisCache(DjangosRedisCache):
    """As Django's, with time-outs; while Redis is away, nothing is found and nothing is kept."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        times = {"socket_timeout": TIMEOUT, "socket_connect_timeout": TIMEOUT}
        params["OPTIONS"] = {**times, **params.get("OPTIONS", {})}
        super().__init__(server, params)
        self._away_until = 0.0

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or ``default``."""
        return self._spared(lambda: super(RedisCache, self).get(key, default, version), default)

    def set(self, *given: Any, **named: Any) -> None:
        """Keep a value."""
        self._spared(lambda: super(RedisCache, self).set(*given, **named), None)

    def add(self, *given: Any, **named: Any) -> bool:
        """Keep a value where there is none; whether it is kept."""
        return self._spared(lambda: super(RedisCache, self).add(*given, **named), False)

    def delete(self, *given: Any, **named: Any) -> bool:
        """Let go of a value."""
        return self._spared(lambda: super(RedisCache, self).delete(*given, **named), False)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number; ``ValueError`` where there is none, as when Redis is away."""
        found = self._spared(lambda: super(RedisCache, self).incr(key, delta, version), None)
        if found is None:
            raise ValueError(f"There is no {key!r} in the cache.")
        return found

    def _spared(self, ask: Callable[[], Any], otherwise: Any) -> Any:
        if time.monotonic() < self._away_until:
            return otherwise
        try:
            return ask()
        except (RedisError, OSError) as error:
            self._away_until = time.monotonic() + SPARED
            log.warning("The cache does not answer: %s", type(error).__name__)
            return otherwise
