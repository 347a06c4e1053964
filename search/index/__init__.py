"""What goes into the index and keeps it true: documents, outbox, drain, rebuild, check.

May use search.engine, search.text and content. Others ask it for the engine in use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.engine.protocol import Engine


def engine() -> Engine:
    """The generation of the index that is in use now; an empty one is made where there is none."""
    from . import generations

    return generations.current()
