"""Numbers of papers, cards, accounts and cars; dates of birth; addresses of devices."""

from __future__ import annotations

import re

from .checksums import (
    is_iban,
    is_identity_15,
    is_singaporean_identity,
    is_taiwanese_identity,
    luhn,
    reads_as_identity_18,
)
from .rules import DIGITS, rules

_S = r"[ \-]"
_IS = (
    r"(?:\s{0,2}(?:number|no|num|code|号码|號碼|号|號|证号|證號|字號|'s|is|was|是|为|為|:|#|="
    r"|\.)){0,4}\s{0,2}"
)
_PROVINCES = (
    "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼滬遼魯蘇贛陝閩貴粵寧瓊雲"
)
_PLATE_END = "[A-Z0-9挂學学警港澳]"
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = (
    r"(?:\d{4}\s?[\-/.年]\s?\d{1,2}\s?[\-/.月]\s?\d{1,2}\s?[日号號]?"
    r"|\d{1,2}[\-/.]\d{1,2}[\-/.]\d{2,4}"
    r"|[零〇一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}[日号號])?"
    r"|\d{4}\s?年\s?\d{1,2}\s?月"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTHS},?\s\d{{4}}|{_MONTHS}\s\d{{1,2}}(?:st|nd|rd"
    rf"|th)?,?\s\d{{4}}"
    r"|(?:19|20)\d{6})"
)
#: Latitude or longitude, to about 10 m or nearer.
_DEGREES = r"[-+]?\d{1,3}\.\d{4,}"
_MINUTES = r"\d{1,3}°\s?\d{1,2}['′]\s?(?:\d{1,2}(?:\.\d+)?[\"″]\s?)?"
_PAPERS = (
    r"(?:护照|護照|通行证|通行證|回乡证|回鄉證|台胞证|台胞證|驾驶证|駕駛證|驾照|駕照|居留证|居留證"
    r"|居住证"
    r"|身份证|身份證|身分證|社保卡?|医保卡?|passport|hkid|identity card|id card|national id"
    r"|driv(?:er'?s?|ing) licen[cs]e|\bssn|social security|\bnino|\bni(?= n)|national insurance"
    r"|证件|證件|統一編號|nric|\bfin\b|tax (?:id|number|file number)|taxpayer|\btfn|\bitin"
    r"|steuer-?(?:id|nummer)"
    r"|aadhaar"
    r"|emirates id|\bnhs|medicare|\bmrn\b|medical record|employee (?:id|number)|\bcpf\b|\bcurp\b"
    r"|\bdni\b|\bbsn\b|pesel|pan (?:card|number)|health card|student (?:id|card)|学号|學號|工号"
    r"|工號|健保卡"
    r"|travel document|residence permit)"
)


def _is_far_from_null(text: str) -> bool:
    """Nobody lives within ten degrees of 0°, 0° by both: small pairs are measures."""
    return bool(re.search(r"\d{2}\.", text))


IDENTITIES = [
    # Wallets.
    *rules(
        "⟨account⟩",
        r"(?-i:\b(?:bc1[a-z0-9]{25,60}|[13][a-km-zA-HJ-NP-Z1-9]{25,34}|0x[0-9a-fA-F]{40})\b)",
        cues=DIGITS,
    ),
    *rules(
        "⟨id number⟩",
        rf"(?<!\d)\d{{6}}{_S}?\d{{8}}{_S}?\d{{3}}[\dXx](?![\dA-Za-z])",
        cues=DIGITS,
        confirm=reads_as_identity_18,
    ),
    *rules(
        "⟨account⟩",
        rf"\b[A-Z]{{2}}\d{{2}}(?:{_S}?[A-Z0-9]{{4}}){{2,7}}(?:{_S}?[A-Z0-9]{{1,3}})?\b",
        cues=DIGITS,
        confirm=is_iban,
    ),
    *rules(
        "⟨card⟩",
        # Issuers' numbers begin with 2 to 6, or 9; those of 13 digits with 4.
        rf"(?<!\d)(?:4\d{{12}}|[2-69]\d{{13,18}}"
        rf"|\d{{4}}(?:[ \-._/]\d{{4}}){{2,3}}(?:[ \-._/]\d{{1,4}})?"
        rf"|\d{{4}}{_S}\d{{6}}{_S}\d{{4,5}}|\d{{6}}{_S}\d{{7,13}})(?!\d)",
        cues=DIGITS,
        confirm=luhn,
    ),
    # Cards by name need no checksum: people mistype.
    *rules(
        "⟨card⟩",
        r"(?:银行卡|銀行卡|信用卡|储蓄卡|借记卡|卡号|卡號|账户|帳戶|credit card|debit card"
        r"|bank card|card)"
        rf"{_IS}(?P<what>\d(?:[ \-]?\d){{11,20}})(?!\d)",
        r"(?<!\d)(?:62|4\d|5[1-5])\d{2}(?:[ \-]\d{4}){2,3}(?:[ \-]\d{1,4})?(?!\d)",
        r"(?<!\d)62[ \-]?\d{4}(?:[ \-]\d{4}){2,3}(?:[ \-]\d{1,4})?(?!\d)",
        r"⟨card⟩[,，;.\s]{0,3}(?:exp(?:iry|iration|ires)?\.?(?: date)?|valid(?: thru| until"
        r"| to)?|有效期至?)?"
        r"[:\s]{0,3}(?P<what>(?:0?[1-9]|1[0-2]) ?[/\-] ?(?:20)?\d{2})(?!\d)",
        cues=DIGITS,
    ),
    *rules(
        "⟨id number⟩",
        rf"(?<!\d)\d{{6}}{_S}?\d{{6}}{_S}?\d{{3}}(?!\d)",
        cues=DIGITS,
        confirm=is_identity_15,
    ),
    *rules(
        "⟨id number⟩",
        r"(?<![A-Z0-9])[A-Z][12]\d{8}(?![A-Z0-9])",
        cues=DIGITS,
        confirm=is_taiwanese_identity,
    ),
    *rules(
        "⟨id number⟩",
        r"(?<![A-Z0-9])[STFGM]\d{7}[A-Z](?![A-Z0-9])",
        cues=DIGITS,
        confirm=is_singaporean_identity,
    ),
    *rules(
        "⟨id number⟩",
        rf"{_PAPERS}{_IS}(?P<what>[A-Z]{{0,2}}\d(?:[ \-]?\d){{5,17}}(?:\([0-9A]\)"
        rf"|[A-Z])?)(?![A-Z0-9])",
        rf"{_PAPERS}{_IS}(?P<what>(?-i:[A-Z]{{2}})(?: ?\d{{2}}){{3}} ?(?-i:[A-Z]))\b",
        rf"{_PAPERS}{_IS}(?P<what>(?=[A-Z0-9]*\d)[A-Z0-9]{{8,18}})(?![A-Z0-9])",
        r"(?<![A-Z0-9])[A-Z]{1,2}\d{6} ?\([0-9A]\)",
        r"(?<![\d\-])(?!000|666|9)\d{3}-\d{2}-\d{4}(?![\d\-])",
        r"(?-i:\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b)",
        cues=DIGITS,
    ),
    *rules(
        "⟨account⟩",
        r"(?:account|acct|a/c|sort(?: code)?|routing|账号|账户|帳號|帳戶|賬號|帐号|户口号码"
        r"|戶口號碼)"
        rf"{_IS}(?P<what>\d(?:[ \-]?\d){{5,22}})(?!\d)",
        cues=DIGITS,
    ),
    *rules(
        "⟨plate⟩",
        rf"[{_PROVINCES}][A-Z][ ·•.\-]?[A-Z0-9]{{4,5}}{_PLATE_END}(?![A-Z0-9])",
        r"(?:车牌|車牌|车号|車號|(?:licen[cs]e|number|registration|reg) plate|plate"
        r"|vehicle registration|my reg|reg no|car reg"
        rf"(?:istration)?){_IS}"
        r"(?P<what>(?=[A-Z0-9 \-]*\d)[A-Z0-9]{2,4}[ \-]?[A-Z0-9]{2,5})(?![A-Z0-9])",
        cues=DIGITS,
    ),
    *rules(
        "⟨date of birth⟩",
        r"(?:出生日期|出生年月日?|生日|出生于|出生於|date of birth|d\.?o\.?b\.?|birth ?date"
        r"|birthday|born(?: on| in)?)"
        rf"{_IS}(?P<what>{_DATE})(?!\d)",
        rf"(?<!\d)(?P<what>{_DATE})(?=\s?(?:出生|生的|生人))",
        r"(?:出生日期|出生年月日?|出生年份|生日|(?:出)?生[于於]|date of birth|d\.?o\.?b\.?"
        r"|birth ?(?:date|day|year)|year of birth"
        rf"|born(?: on| in)?){_IS}(?P<what>\d{{4}}[./\-]\d{{1,2}}(?![\d./\-])|(?:19"
        rf"|20)\d\d\s?年?(?!\d)"
        rf"|{_MONTHS},?\s\d{{4}}(?!\d))",
        cues=("生", "birth", "born", "b.", "dob"),
    ),
    *rules(
        "⟨address of a device⟩",
        r"\bip(?:v4)?(?:\s?(?:address|地址|位址))?"
        + _IS
        + r"(?P<what>\d{1,3}(?:\.\d{1,3}){3})(?![\d.])",
        r"(?<![\w:])(?:[0-9A-F]{1,4}:){7}[0-9A-F]{1,4}(?![\w:])",
        r"(?<![\w:])(?:[0-9A-F]{1,4}:){1,6}(?::[0-9A-F]{1,4}){3,5}"
        r"|(?<![\w:])(?:[0-9A-F]{1,4}:){3,6}(?::[0-9A-F]{1,4}){1,4}(?![\w:])",
        r"(?<![\w\-])(?<!\b[0-9A-F]{2}:)(?:[0-9A-F]{2}[:\-]){5}[0-9A-F]{2}(?![\w:\-])",
        rf"\bip(?:v6)?(?:\s?(?:address|地址"
        rf"|位址))?{_IS}(?P<what>(?:[0-9A-F]{{0,4}}:){{2,7}}[0-9A-F]{{1,4}})(?![\w:])",
        rf"\b(?:imei|meid|imsi|iccid){_IS}(?P<what>\d(?:[ \-/]?\d){{13,19}})(?!\d)",
        cues=DIGITS,
    ),
    *rules(
        "⟨position⟩",
        rf"(?<![\d.]){_DEGREES}\s?°?\s?[NS]?\s?[,，;/]\s?{_DEGREES}(?:\s?°?\s?[EW]\b|°)?(?![\d.])",
        cues=DIGITS,
        confirm=_is_far_from_null,
    ),
    *rules(
        "⟨position⟩",
        rf"{_MINUTES}[NS][, ]{{0,2}}{_MINUTES}[EW]",
        cues=DIGITS,
    ),
]

#: What is left of long numbers, whatever they are.
RUNS = rules(
    "⟨number⟩",
    # Seconds and milliseconds since 1970, of now, are times.
    r"(?<!0\.)(?<![A-Za-z0-9])(?!1[4-9]\d{8}(?:\d{3})?(?!\d))\d{9,}",
    r"(?<!\d)\d(?: \d){8,}(?!\d)",
    r"[零〇一二三四五六七八九幺]{9,}",
)

#: Numbers that name a thing: orders, parcels, cases, serials; and what begins with a date of now.
KEPT = (
    r"(?:订单|訂單|运单|運單|快递单?|快遞單?|物流单?|物流單?|单号|單號|工单|工單|流水|交易|发票"
    r"|發票|序列|型号|型號|(?<!統一)(?<!统一)(?:编号|編號)"
    r"|条码|條碼|条形码|商品|产品|批次|批号|时间戳|版本|错误码|錯誤碼|order|tracking|parcel"
    r"|shipment|consignment|waybill"
    r"|case|ticket|invoice|serial|s/n|sku|part|item|batch|lot|reference|\bref|booking|transaction"
    r"|receipt|barcode|isbn"
    r"|timestamp|build|version|error|claim|job|request|purchase order|\bpo"
    r"|物流|包裹|快件|货号|貨號|款号|案件|案号|案號|合同|受理|凭证|憑證|回执|券码|优惠码|代码"
    r"|代碼|返回码|状态码"
    r"|狀態碼|追蹤|追踪"
    r"|\bean|\bupc|gtin|asin|issn|coupon|voucher|model|firmware|(?:return|exit|status"
    r"|error) code|errno|trace"
    r"|commit|task|thread|process|\bpid|region|offset|\btso|sequence|size|length|limit|checksum"
    r"|txn|product)"
    r"(?:\s{0,2}(?:号码|號碼|编号|編號|尾号|number|code|no|num|id|号|號|码|碼|is|was|是|为|為|:"
    r"|#|\."
    r"|-|\()){0,4}\s{0,2}"
    r"(?P<what>[A-Z0-9]*\d[A-Z0-9\-]{5,30})(?![A-Z0-9])"
    # What is said of the number comes after it.
    r"|(?<![A-Z0-9])(?P<said>\d[A-Z0-9\-]{5,30})(?=\s?(?:是我的?|这个|這個|这笔|這筆|这张"
    r"|is (?:my|the|our))\s?"
    r"(?:订单|訂單|单号|單號|运单|快递|工单|order|tracking|ticket|invoice|serial|timestamp|case))"
    # Counts, and what names a thing in computing.
    r"|(?<![\d\-+(])(?!1[3-9]\d{9}(?!\d))(?P<count>\d{6,20})(?=\s?(?:rows?|bytes?|records?"
    r"|lines?|users?|requests?"
    r"|queries|messages?|keys|[kmgt]i?b|ms|sec|seconds?|条|行|次|元|个|個|字节|字節|毫秒|秒|人"
    r"|件|块|塊|美元|円)"
    r"(?![a-z]))"
    r"|(?<![\w=/\-])(?P<uuid>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?![\w\-])"
    r"|\b(?P<clone>git@[\w.\-]+)(?=[:/])"
)
