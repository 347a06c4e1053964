"""What runs in the processes that convert Markdown: no models, no settings, no database."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Sequence

from content import markdown


def watch_parent() -> None:
    """End with the parent: a killed import must not leave processes behind."""

    def wait() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def render_all(texts: Sequence[str]) -> list[str | None]:
    """HTML by text; None where a text cannot be converted."""
    return [render(text) for text in texts]


def render(text: str) -> str | None:
    """HTML of one text; None where it cannot be converted."""
    try:
        return markdown.render(text)
    except Exception:  # noqa: BLE001 - whatever is in a file, the import goes on and reports it
        return None
