"""Markdown as people and documentation sites write it, to HTML that is safe to show.

``source`` puts the text into Markdown's own form, ``extension`` converts, ``sanitising`` decides
what survives. Uses no models and no settings.
"""

from .anchors import ANCHOR_PREFIX, anchor_of
from .rendering import VERSION, render

__all__ = ["ANCHOR_PREFIX", "VERSION", "anchor_of", "render"]
