"""Tells whether an index was made by the analysis and in the layout that are in force now."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from django.conf import settings

from search.engine import layout
from search.text import Analyser

from .engines import kind_of

#: Every rule of the analysis has something to do here: what comes out tells it from another one.
_PROBE = """
Resetting the customers' e-mail passwords; Node.js v6.4.0 isn't user_name, C++ or getHTTPResponse2.
Refunds are paid within 30 days. ＡＢＣ naïve Ünïcode ½ ﬁnd 100% «quoted» running organisations'
数据库连接超时怎么办？请在订单页面申请退货，并使用 TiDB 6.5 的备份与恢复功能。南京市长江大桥。
電子郵件無法收到，請檢查垃圾郵件與發票設定；裏面、臺灣、著作、皇后、頭髮與發展。
[a link](https://example.com/path?x=1) `code.span()` 😀
"""


def fingerprint(name: str) -> str:
    """SHA-1 (hex) of how a generation of this name would be made now.

    The site's own dictionary is not in it: a change of it is indexed by itself.
    """
    shards = settings.ELASTICSEARCH_SHARDS if kind_of(name) == "elasticsearch" else 0
    return hashlib.sha1(f"{analysed()} {shards}".encode(), usedforsecurity=False).hexdigest()


@lru_cache(maxsize=1)
def analysed() -> str:
    """What the analysis and the layout make of a fixed text."""
    tokens = Analyser().index(_PROBE)
    shape = (
        layout.VERSION,
        layout.KEYWORDS,
        layout.TEXTS,
        layout.KEYS,
        layout.SURFACES,
        layout.NOTE_LENGTH,
    )
    return json.dumps([tokens.words, tokens.grams, tokens.surfaces, tokens.prefixes, shape])
