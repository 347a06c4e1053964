"""Callouts: the one form that admonitions, alerts and bold labels in quotations become."""

from __future__ import annotations

import html
import re

_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORDS = {
    "note": "note info information abstract example 注意 说明 說明 备注 備註 注",
    "tip": "tip hint success 提示 建议 建議 小贴士 技巧",
    "warning": "warning important attention 警告 重要",
    "danger": "danger caution error 危险 危險 小心",
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_LABELS = {
    "note": ("Note", "注意"),
    "tip": ("Tip", "提示"),
    "important": ("Important", "重要"),
    "warning": ("Warning", "警告"),
    "caution": ("Caution", "小心"),
    "danger": ("Danger", "小心"),
}
#: What a callout is called when its writer gave it no title; no part of the text.
LABELS = frozenset(label for pair in _LABELS.values() for label in pair)

_ALERT = re.compile(r"^!?\[!(\w+)\]\s*(.*)$")
_BOLD = re.compile(r"^\*\*\s*([^*：:]{1,12}?)\s*[：:]?\s*\*\*\s*[：:]?\s*(.*)$")


def kind_of(name: str) -> str | None:
    """``note``, ``tip``, ``warning`` or ``danger`` for a word that introduces a remark."""
    return _KINDS.get(name.strip().lower())


def opening(kind: str, title: str) -> str:
    """The HTML that opens a callout of ``kind``."""
    return (
        f'<div class="z-callout z-callout-{kind}">'
        f'<p class="z-callout-title">{html.escape(title)}</p>'
    )


def label(name: str, body: list[str]) -> str:
    """The title of a callout that has none of its own, in the language of its text."""
    kind = kind_of(name) or "note"
    english, chinese = _LABELS.get(name.lower()) or _LABELS[kind]
    return chinese if any(_HAN.search(line) for line in body) else english


def parted(quoted: list[str]) -> list[list[str]]:
    """A quotation in parts: each alert in it begins one. Parts without text are left out."""
    parts: list[list[str]] = [[]]
    for line in quoted:
        alert = _ALERT.match(line.strip())
        if alert and kind_of(alert[1]):
            parts.append([])
        if parts[-1] or line.strip():
            parts[-1].append(line)
    return [part for part in parts if part]


def introduced(quoted: list[str]) -> tuple[str, str, list[str]] | None:
    """(kind, title, text) of a quotation that begins with ``[!NOTE]`` or ``**注意：**``."""
    first, rest = quoted[0].strip(), quoted[1:]
    if alert := _ALERT.match(first):
        name = alert[1].lower()
        if not (kind := kind_of(name)):
            return None
        body = [alert[2], *rest]
        return kind, label(name, body), body
    if bold := _BOLD.match(first):
        if not (kind := kind_of(bold[1])):
            return None
        return kind, bold[1].strip(), [bold[2], *rest]
    return None
