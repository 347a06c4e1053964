"""Has a web process ready before somebody waits for it: what its first searches would load.

A search with misspelt words in two scripts, as customers and as agents, opens the index, the
standby behind it, and gathers the words of each.
"""

from __future__ import annotations

import logging
import os
import threading
import uuid

from django.db import close_old_connections, connection

from content.audience import Audience
from search.engine.protocol import EngineFailed
from search.index import engines, standby
from search.index.tuning import NOTHING
from search.text.folding import traditional_characters
from search.text.sounds import syllables

from .library import SITE, STANDBY, Library
from .query import Query
from .service import search

log = logging.getLogger(__name__)

#: Seconds between two looks whether this node has its standby; looks at most.
PAUSE, MOST = 5.0, 120

_begun = 0


def load() -> None:
    """Load dictionaries, sounds and the engine's client; neither database nor engine is asked, so
    that processes may be forked afterwards and share it."""
    NOTHING.analyser.index("知达 knows")
    traditional_characters()
    syllables("知")
    engines.having(engines.new_name())


def begin() -> None:
    """Open what searches need in a thread of this process, once."""
    global _begun  # noqa: PLW0603
    if _begun != os.getpid():
        _begun = os.getpid()
        threading.Thread(target=_open_aside, name="ready", daemon=True).start()


def open_all() -> None:
    """Open the standby where it is filled, and the index, for which one may have to wait; raises
    `EngineFailed` where there is neither."""
    if standby.is_wanted() and standby.is_filled():
        _try(STANDBY)
    _try(SITE)


def _open_aside() -> None:
    pause = threading.Event()
    try:
        for _ in range(MOST):
            close_old_connections()
            open_all()
            if not standby.is_wanted() or standby.is_filled():
                break
            pause.wait(PAUSE)
    except EngineFailed:
        log.info("The index cannot be opened yet", exc_info=True)
    except Exception:
        log.exception("What searches need could not be opened beforehand")
    finally:
        connection.close()


def _try(library: Library) -> None:
    word = uuid.uuid4().hex.translate(str.maketrans("0123456789", "ghijklmnop"))[:9]
    for audience in (Audience.PUBLIC, Audience.AGENTS):
        for locale, text in (("en", f"{word} words"), ("zh-hans", f"{word} 词鱼")):
            search(Query(text, audience, locale, channel="test"), library)
