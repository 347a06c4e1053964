"""Known crawlers, by user agent."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawlerdetect import CrawlerDetect

#: The list also names programs that people and integrations ask with; those are not crawlers.
_NOT_CRAWLERS = re.compile(
    r"headlesschrome|playwright|puppeteer|python-requests|python-urllib|python-httpx|httpx|aiohttp"
    r"|okhttp|axios|node-fetch|undici|go-http-client|java|apache-httpclient|guzzlehttp|curl|wget"
    r"|postmanruntime|insomnia",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def is_crawler(user_agent: str) -> bool:
    """Whether ``user_agent`` belongs to a known crawler; an empty one does not."""
    rest = _NOT_CRAWLERS.sub("", user_agent).strip()
    return bool(rest) and bool(_detector().isCrawler(rest))


@lru_cache(maxsize=1)
def _detector() -> CrawlerDetect:
    from crawlerdetect import CrawlerDetect  # compiles its list, which only visits need

    return CrawlerDetect()
