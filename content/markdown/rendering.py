"""The one function that turns Markdown into HTML."""

from __future__ import annotations

import html
import threading

import markdown

from . import sanitising
from .extension import HelpText

#: Raised whenever the same text gives other HTML; a part of the key under which HTML is kept.
VERSION = "7"

_local = threading.local()


def render(text: str) -> str:
    """Sanitised HTML of ``text``. Pure, and safe to show whatever ``text`` holds.

    A text nested beyond reason is shown as it was written.
    """
    converter = _converter()
    try:
        return sanitising.clean(converter.reset().convert(text))
    except RecursionError:
        del _local.converter
        return f'<pre class="z-code" tabindex="0"><code>{html.escape(text)}</code></pre>'


def _converter() -> markdown.Markdown:
    """This thread's converter: building one costs as much as converting a page."""
    converter: markdown.Markdown | None = getattr(_local, "converter", None)
    if converter is None:
        converter = markdown.Markdown(
            extensions=["tables", "sane_lists", "footnotes", "def_list", "abbr", HelpText()],
            extension_configs={
                "tables": {"use_align_attribute": True},
                "footnotes": {"SEPARATOR": "-", "BACKLINK_TITLE": ""},
            },
            output_format="html",
        )
        _local.converter = converter
    return converter
