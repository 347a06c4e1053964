"""What is added to ``Markdown``: the arranged source, anchors, struck text, bare links."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from .anchors import ANCHOR_PREFIX, anchor_of
from .source import Arrangement

_OWN_ANCHOR = re.compile(r"\s*\{#([\w-]{1,80})\}\s*$")
_BARE_LINK = (
    r"(?<![\w/\"'=(<\[])(https?://[^\s<>\"'`（）()，。；、：！？\u4e00-\u9fff\]]*[\w/#=&%-])"
)
_PLACEHOLDER = re.compile("\x02[^\x03]*\x03")


class HelpText(Extension):
    """Registers the parts below."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        """Called by ``Markdown`` when it is built."""
        md.preprocessors.register(_Arrange(md), "arrange", 28)
        md.treeprocessors.register(_Headings(md), "anchors", 5)
        md.treeprocessors.register(_Tables(md), "empty_headers", 4)
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"(~~)(.+?)~~", "del"), "struck", 60)
        md.inlinePatterns.register(_BareLink(_BARE_LINK, md), "bare_link", 85)


class _Arrange(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return Arrangement(lines, self.md.htmlStash.store).arranged()


class _BareLink(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        link = Element("a", {"href": self.unescape(m[1])})
        link.text = markdown.util.AtomicString(m[1])
        return link, m.start(0), m.end(0)


class _Headings(Treeprocessor):
    """Gives every heading its anchor; the second of the same name gets ``-2``."""

    def run(self, root: Element) -> None:
        seen: dict[str, int] = {}
        for element in root.iter():
            if element.tag not in ("h1", "h2", "h3", "h4", "h5", "h6"):
                continue
            own = self._own_anchor(element)
            text = _PLACEHOLDER.sub("", "".join(element.itertext()))
            anchor = own or anchor_of(html.unescape(text))
            seen[anchor] = seen.get(anchor, 0) + 1
            if seen[anchor] > 1:
                anchor = f"{anchor}-{seen[anchor]}"
            element.set("id", ANCHOR_PREFIX + anchor)

    @staticmethod
    def _own_anchor(element: Element) -> str:
        last = element[-1] if len(element) else None
        text = (last.tail if last is not None else element.text) or ""
        if not (found := _OWN_ANCHOR.search(text)):
            return ""
        if last is not None:
            last.tail = text[: found.start()]
        else:
            element.text = text[: found.start()]
        return anchor_of(found[1])


class _Tables(Treeprocessor):
    """A header cell without text heads nothing: it becomes an ordinary cell."""

    def run(self, root: Element) -> None:
        for cell in root.iter("th"):
            if not len(cell) and not (cell.text or "").strip():
                cell.tag = "td"
