"""Markdown to HTML while the page is made, sanitised, as the packages for it do."""

import bleach
import markdown as converter
from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_TAGS = {
    *bleach.ALLOWED_TAGS,
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "br", "img", "span", "div", "sup"),
    *("table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd"),
}
_ATTRIBUTES = {**bleach.ALLOWED_ATTRIBUTES, "img": ["src", "alt", "title"], "*": ["id", "class"]}


@register.filter
def markdown(text: object) -> SafeString:
    """Sanitised HTML."""
    made = converter.markdown(str(text), extensions=["extra", "sane_lists"])
    return mark_safe(bleach.clean(made, tags=_TAGS, attributes=_ATTRIBUTES))
