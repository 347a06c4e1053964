"""What a row may say of a question, and by which names columns are known."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

FIELDS = (
    *("text", "time", "channel", "customer", "conversation", "agent", "rating", "solved"),
    *("locale", "role"),
)
_NAMES = {
    "text": (
        "text message question content body query utterance comment description turn 问题 内容 "
        "消息 文本 正文 问句 留言 訊息 內容 問題"
    ),
    "time": (
        "time date datetime timestamp created created_at sent_at asked asked_at 时间 日期 "
        "发送时间 创建时间 時間"
    ),
    "channel": "channel medium via 渠道 来源渠道 管道",
    "customer": (
        "customer customer_key customer_id user user_id client client_id contact 客户 用户 "
        "客户编号 用户id 会员 客戶"
    ),
    "conversation": (
        "conversation conversation_key conversation_id session session_id dialog dialogue "
        "dialogue_id thread ticket ticket_id case chat_id 会话 会话id 对话 工单 對話"
    ),
    "agent": "agent agent_id operator assignee 客服 坐席 座席 客服专员",
    "rating": "rating score csat stars 评分 评价 满意度 評分",
    "solved": "solved resolved 已解决 是否解决 解决 已解決",
    "locale": "locale language lang 语言 語言",
    "role": "role sender speaker author from who sender_type 角色 发送者 说话人 发送方 發送者",
}
_BY_NAME = {name: field for field, names in _NAMES.items() for name in names.split()}
_YES = frozenset("1 true yes y solved resolved 是 已解决 解决 已解決 对".split())
_NO = frozenset("0 false no n unsolved unresolved open 否 未解决 没有 未解決 不是".split())
_CUSTOMERS = frozenset(
    (
        "customer user client visitor human caller buyer member usr "
        "客户 用户 顾客 访客 买家 会员 客戶 用戶"
    ).split()
)
_SAME = {
    **dict.fromkeys(("zh", "zh-cn", "zh-sg", "cn", "中文"), "zh-hans"),
    **dict.fromkeys(("zh-tw", "zh-hk", "zh-mo", "tw"), "zh-hant"),
}
LONGEST = 20_000


class RowError(ValueError):
    """A row that cannot be used, with the reason for people."""


@dataclass(frozen=True, slots=True)
class Row:
    """One message as given, not yet redacted. ``is_customer``: None where it is not said."""

    text: str
    time: datetime | None = None
    channel: str = ""
    customer: str = ""
    conversation: str = ""
    agent: str = ""
    rating: float | None = None
    solved: bool | None = None
    locale: str = ""
    is_customer: bool | None = None


def field_of(column: str) -> str:
    """The field that a column seems to hold, or ""."""
    name = column.strip().lower().replace(" ", "_").replace("-", "_").lstrip("\ufeff")
    return _BY_NAME.get(name, "")


def guess(columns: Iterable[str], said: Mapping[str, str] | None = None) -> dict[str, str]:
    """Field by column; each field once, the first column that seems to hold it.

    ``said`` goes first: its columns hold what it says ("": nothing), and its fields are not given
    to another column.
    """
    said = said or {}
    found = {column: field for column, field in said.items() if field in FIELDS}
    for column in columns:
        field = field_of(column)
        if field and column not in said and field not in found.values():
            found[column] = field
    return found


def parse(values: Mapping[str, Any]) -> Row:
    """A row from its values by field. Raises RowError."""
    for field, value in values.items():
        if isinstance(value, dict | list):
            raise RowError(_("“%(field)s” is not a text.") % {"field": field})
    text = str(values.get("text") or "").replace("\0", "").strip()
    if not text:
        raise RowError(_("The text is empty."))
    if len(text) > LONGEST:
        raise RowError(_("The text is longer than %(n)s characters.") % {"n": LONGEST})
    role = _word(values, "role", 40).lower()
    return Row(
        text=text,
        time=_time(values.get("time")),
        channel=_word(values, "channel", 40),
        customer=_word(values, "customer", 200),
        conversation=_word(values, "conversation", 200),
        agent=_word(values, "agent", 80),
        rating=_number(values.get("rating")),
        solved=_boolean(values.get("solved")),
        locale=locale_named(_word(values, "locale", 20)),
        is_customer=role in _CUSTOMERS if role else None,
    )


def locale_named(name: str) -> str:
    """The site's language of this name ("" for ""). Raises RowError where there is none."""
    code = name.lower().replace("_", "-")
    if not code:
        return ""
    same = {
        "zh": "zh-hans",
        "zh-cn": "zh-hans",
        "zh-sg": "zh-hans",
        "cn": "zh-hans",
        "中文": "zh-hans",
    }
    same |= {"zh-tw": "zh-hant", "zh-hk": "zh-hant", "zh-mo": "zh-hant", "tw": "zh-hant"}
    code = same.get(code, code)
    known = [known for known, _name in settings.LANGUAGES]
    if code in known:
        return code
    if (base := code.partition("-")[0]) in known:
        return base
    raise RowError(_("The site has no language “%(code)s”.") % {"code": name})


def _word(values: Mapping[str, Any], field: str, longest: int) -> str:
    value = values.get(field)
    text = "" if value is None else str(value).replace("\0", "").strip()
    if len(text) > longest:
        raise RowError(
            _("“%(field)s” is longer than %(n)s characters.") % {"field": field, "n": longest}
        )
    return text


def _time(value: Any) -> datetime | None:
    if value in (None, ""):
        return None
    try:
        if isinstance(value, int | float) or str(value).strip().replace(".", "", 1).isdigit():
            number = float(value)
            if 1e8 < number < 1e14:
                return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)
        text = str(value).strip().replace("/", "-")
        found = parse_datetime(text)
        if found is None and (day := parse_date(text)):
            found = datetime(day.year, day.month, day.day)
        if found is not None and 1970 <= found.year <= 2200:
            return found if timezone.is_aware(found) else timezone.make_aware(found)
    except (ValueError, OverflowError, OSError):
        pass
    raise RowError(_("“%(value)s” is no time that can be read.") % {"value": str(value)[:40]})


def _number(value: Any) -> float | None:
    if value in (None, ""):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if math.isfinite(number):
        return number
    raise RowError(_("“%(value)s” is no number.") % {"value": str(value)[:40]})


def _boolean(value: Any) -> bool | None:
    if value in (None, ""):
        return None
    text = str(value).strip().lower()
    if text in _YES or text in _NO:
        return text in _YES
    raise RowError(_("“%(value)s” is neither yes nor no.") % {"value": str(value)[:40]})
