"""Which turns of a customer ask something, and which language they are in."""

from __future__ import annotations

import re
from functools import lru_cache

from search.text import Analyser, normalise
from search.text.folding import simplify
from search.text.script import in_script_of
from search.text.stopwords import QUESTION, STOP

_PLACEHOLDER = re.compile(r"⟨[^⟩]*⟩")
_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile(r"[^\W\d_\u3400-\u9fff]+")
_LETTER = re.compile(r"[^\W\d_]")
#: Said in conversations, without asking anything.
_CHAT = frozenset(
    """
    ok okay okey k yes yeah yep yup no nope nah sure great good fine nice perfect awesome excellent
    wonderful cool alright right understood understand bye goodbye welcome morning afternoon evening
    day night later soon moment minute second wait waiting hold here there well much very appreciate
    appreciated lovely hmm oh ah ha haha lol thankyou ty np problem see got done sounds
    好 好的 好吧 好呀 好啊 好嘞 好滴 行 行吧 行了 可以 嗯 嗯嗯 恩 哦 噢 喔 啊 哈哈 呵呵 是 是的 对
    对的 不是
    不用 不用了 没事 没关系 没问题 明白 明白了 知道 知道了 了解 了解了 清楚 收到 再见 拜拜 晚安
    早上好 下午好
    晚上好 辛苦 辛苦了 客气 不客气 稍等 等等 等一下 真 真的 非常 太 棒 不错 满意 愉快 祝 您好 你好
    在吗 在 人 吗
    """.split()
)
_ASKS = re.compile(
    r"[?？]|\b(?:how|what|when|where|which|who|why|can|could|would|will|do|does|did|is|are|may|should"
    r"|need|want|help|please|unable|cannot|can't|won't|doesn't|didn't|isn't|not|never|still|wrong|broken"
    r"|error|fail\w*|refund|cancel|complain\w*|suggest\w*|wish|hope|problem|issue|missing|lost|late)\b"
    r"|怎|什么|如何|为什么|为何|哪|多少|几|吗|呢|能不能|可不可以|是否|能否|有没有|想|要|需要|希望|建议|请|帮|无法|不能|不了|没"
    r"|不|坏|错|失败|退|换|取消|投诉|问题|故障|丢|慢|差",
    re.IGNORECASE,
)


def says_something(text: str) -> bool:
    """Whether there is more in a redacted ``text`` than pleasantries, numbers and placeholders."""
    plain = normalise(_PLACEHOLDER.sub(" ", text))
    if not _LETTER.search(plain):
        return False
    words = _LATIN.findall(plain.replace("'", "").replace("’", ""))
    if _HAN.search(plain):
        words += [plain[t.start : t.end] for t in _analyser().words(plain)]
    if any(word not in STOP and word not in _CHAT for word in words if _LETTER.search(word)):
        return True
    return any(word in QUESTION for word in words) and len(words) > 2


def asks(text: str) -> bool:
    """Whether a turn of a conversation asks for something: an answer, help, a change."""
    return says_something(text) and bool(_ASKS.search(normalise(_PLACEHOLDER.sub(" ", text))))


def locale_of(text: str) -> str:
    """The site's language that ``text`` is written in: by its script; "" where it has none.

    Chinese is simplified unless characters show that it is not.
    """
    if len(_HAN.findall(text)) * 4 >= len(_LETTER.findall(text)) > 0:
        traditional = text != simplify(text) and text == in_script_of("zh-hant", text)
        return "zh-hant" if traditional else "zh-hans"
    return "en" if _LETTER.search(text) else ""


@lru_cache(maxsize=1)
def _analyser() -> Analyser:
    return Analyser()
