"""Bodies of entries as HTML, table of contents and sections, for one audience.

Uses the models and ``content.markdown``; a body's Markdown is converted once and kept.
"""

from .body import put_together, render_bodies, render_body, render_leads, take_apart
from .sections import Heading, Piece, RenderedBody, Section, plain_text
from .unused import clear_unused

__all__ = [
    "Heading",
    "Piece",
    "RenderedBody",
    "Section",
    "clear_unused",
    "plain_text",
    "put_together",
    "render_bodies",
    "render_body",
    "render_leads",
    "take_apart",
]
