"""Messages of our own writing: questions in several wordings, in both languages."""

from __future__ import annotations

import itertools

#: (what is asked, ways to begin, ways to end); each beginning with each ending is a message.
ASKED_EN = {
    "invoice": (
        ("How can I get an invoice", "I need the invoice", "Please send me an invoice"),
        ("for my last order?", "for the filter I bought.", "with my company's name on it."),
    ),
    "filter": (
        ("When should I change the filter", "How often is the filter changed", "Is the filter due"),
        ("of my water purifier?", "in the kitchen machine?", "if two of us drink from it?"),
    ),
    "wifi": (
        ("The machine does not connect", "My purifier loses its connection", "It won't connect"),
        ("to the wifi at home.", "to our wifi network since the update.", "to wifi, what now?"),
    ),
    "parcel": (
        ("Where is my parcel", "My parcel has not arrived", "The parcel tracking stopped"),
        ("that was sent on Monday?", "although the courier says delivered.", "after a week?"),
    ),
}
ASKED_ZH = {
    "发票": (
        ("怎么开发票", "我要开一张发票", "发票在哪里申请开"),
        ("，抬头写公司", "，上个月的订单", "，需要增值税的"),
    ),
    "滤芯": (
        ("滤芯多久更换一次", "什么时候该更换滤芯", "滤芯到期了要更换吗"),
        ("，家里三口人", "，净水器放厨房", "，水变小了"),
    ),
    "快递": (
        ("我的快递到哪里了", "快递一直没有收到", "查一下快递到哪了"),
        ("，周一发的货", "，显示已经签收", "，都一个星期了"),
    ),
    "联网": (
        ("机器连不上无线网络", "净水器无线网络老是断", "无线网络怎么都连不上"),
        ("，更新以后就这样", "，家里换了路由器", "，指示灯一直闪"),
    ),
}


def messages() -> list[tuple[str, str]]:
    """(what is asked, message), the subjects in turn."""
    found = []
    for subjects, blank in ((ASKED_EN, " "), (ASKED_ZH, "")):
        sets = [
            [(name, f"{head}{blank}{tail}") for head, tail in itertools.product(heads, tails)]
            for name, (heads, tails) in subjects.items()
        ]
        found += [row for rows in zip(*sets, strict=True) for row in rows]
    return found
