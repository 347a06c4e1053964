"""Nothing that could run, post, load, restyle or take a name survives."""

import re

import pytest
from bleach._vendor import html5lib
from hypothesis import given, settings
from hypothesis import strategies as st

from content import markdown

from .hostile import PAYLOADS

ATTRIBUTES = {
    "href", "title", "rel", "src", "alt", "loading", "width", "height", "class", "id", "start",
    "value", "colspan", "rowspan", "scope", "tabindex", "role",
}  # fmt: skip
FORBIDDEN = set(
    "script style iframe object embed form input button textarea select svg math base meta link "
    "template video audio frame frameset noscript xmp plaintext title marquee dialog map "
    "area".split()
)
ADDRESS = re.compile(r"^(?:https?://|mailto:|tel:|#|/|[^:]*$|[^:/?#]*[/?#])")
IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff`]+")


def dangers(html: str) -> list[str]:
    """What in ``html``, read as a browser reads it, should not be there."""
    found = []
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            found.append("comment")
            continue
        if element.tag.lower() in FORBIDDEN or element.tag.startswith("{"):
            found.append(element.tag)
        for name, value in element.attrib.items():
            if name not in ATTRIBUTES:
                found.append(f"{element.tag} {name}")
            if name in ("href", "src") and not ADDRESS.match(IGNORED.sub("", value)):
                found.append(f"{name}={value}")
            if name == "src" and not re.match(r"^/(?![/\\])[^\\]*$", value):
                found.append(f"{name}={value}")
            if name == "id" and not re.match(r"^(?:h|fn|fnref\d*)-", value):
                found.append(f"id={value}")
            if (
                name == "href"
                and value.startswith("http")
                and "noopener" not in element.get("rel", "")
            ):
                found.append(f"no rel: {value}")
            if name == "tabindex" and element.tag not in ("pre", "div"):
                found.append("tabindex")
    return found


def test_there_are_more_than_a_hundred_and_twenty_payloads():
    assert len(set(PAYLOADS)) >= 120


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_text_leaves_nothing_dangerous(payload):
    assert dangers(markdown.render(payload)) == []


def test_hostile_texts_do_not_help_one_another():
    assert dangers(markdown.render("\n\n".join(PAYLOADS))) == []
    assert dangers(markdown.render(" ".join(PAYLOADS))) == []


@pytest.mark.parametrize(
    "inside", ["> {}", "- {}", "1. a\n\n   {}", "| {} |\n|---|", "**{}**", "# {}"]
)
def test_a_hostile_text_inside_other_markdown_is_as_harmless(inside):
    for payload in PAYLOADS:
        assert dangers(markdown.render(inside.format(payload))) == []


_PARTS = st.sampled_from(
    [
        *"<>\"'`\n /=()[]!#:&;\\\x02\x03|",
        *("```", "---", "~~", "**", "    ", "> ", "- ", "1. ", "中文", "[^1]", "[^1]: "),
        *("<a ", "href=", "javascript:", "data:", "&#x6A;", "onerror=", "ran()", "<img ", "src="),
        *("<svg", "<math>", "<style>", "</style>", "<script>", "</script>", "<!--", "-->"),
        *("<table>", "<td>", "<p>", "</p>", "<div", "id=x", "<details>", "<summary>"),
        *("<noscript>", "<title>", "!!! note", "[!NOTE]"),
    ]
)


@settings(max_examples=250, deadline=None)
@given(st.lists(_PARTS, max_size=40).map("".join))
def test_no_mixture_of_dangerous_parts_is_dangerous(text):
    assert dangers(markdown.render(text)) == []


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_html_that_cleaning_again_leaves_harmless(text):
    assert dangers(markdown.render(text)) == []


@pytest.mark.parametrize(
    "text", [">" * 3000 + " x", "- " * 2000, "<div>" * 3000, "[" * 3000, "*" * 5000]
)
def test_nesting_beyond_reason_ends(text):
    assert dangers(markdown.render(text)) == []
