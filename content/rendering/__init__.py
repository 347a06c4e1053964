"""Bodies of entries as HTML, table of contents and sections, for one audience.

Uses the models and ``content.markdown``; a body's Markdown is converted once and kept.
"""

from .body import render_bodies, render_body, render_leads
from .sections import Heading, RenderedBody, Section, plain_text
from .unused import clear_unused

__all__ = [
    "Heading",
    "RenderedBody",
    "Section",
    "clear_unused",
    "plain_text",
    "render_bodies",
    "render_body",
    "render_leads",
]
