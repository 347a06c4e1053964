"""Numbers that name a thing stay (orders, parcels, cases), and what begins with a date of now."""

from __future__ import annotations

import re

_THINGS = (
    "订单|訂單|运单|運單|快递单?|快遞單?|物流单?|物流單?|单号|單號|工单|工單|流水|交易|发票|發票"
    "|序列"
    "|型号|型號|(?<!統一)(?<!统一)(?<!档案)(?<!檔案)(?<!员工)(?<!員工)(?<!学生)(?<!病历)(?:编号"
    "|編號)"
    "|条码|條碼|条形码|商品|产品|批次|批号|时间戳|版本|错误码|錯誤碼|物流|包裹|快件|货号|貨號|款号"
    "|案件|案号|案號|合同|受理|凭证|憑證|回执|券码|优惠码|(?<!信用)代码|(?<!信用)代碼|返回码"
    "|状态码|狀態碼|追蹤|追踪"
    r"|(?<!邮政)(?<!郵政)编码|(?<!郵遞)編碼|(?<![A-Z0-9])(?:(?:app|group|project|tenant|campaign"
    r"|video|page|object|record)[ _]?id"
    r"|orders?|tracking|parcel|shipment|consignment|waybill|awb|case|ticket|invoice|serial|s/n"
    r"|sku|part"
    r"|item"
    r"|batch|lot|reference|\bref|booking|transaction|receipt|barcode|isbn|timestamp|build|version"
    r"|error"
    r"|claim|job|request|purchase order|\bpo|\bean|\bupc|gtin|asin|issn|coupon|voucher|model"
    r"|firmware"
    r"|(?<!sort )(?:return|exit|status|error|err) ?code|errno|trace|commit|task|thread|process"
    r"|\bpid"
    r"|region|offset|\btso|sequence|size|length|limit|quota|memory|checksum|txn|product"
    r"|usps|fedex|dpd|hermes|evri|yodel|royal mail|\bups|\bdhl|\bems)|主键|主鍵|大小|内存|長度"
    r"|长度|容量|上限|限制|取值|最大值|最小值|自增|顺丰|順豐|中通|圆通|申通|韵达|百世"
    r"|极兔|邮政|黑貓|德邦"
)
_PATTERN = (
    rf"(?:{_THINGS})"
    r"(?:\s{0,2}(?:号码|號碼|编号|編號|尾号|number|code|no|num|id|号|號|码|碼|is|was|是|为|為|:"
    r"|,|#|\.|=|-|\()){0,4}\s{0,2}"
    r"(?P<what>[A-Z0-9\-]*\d[A-Z0-9\-]{5,40}(?:\s?(?:和|与|與|、|及"
    r"|and)\s?(?!1[3-9]\d{9}(?!\d))\d[A-Z0-9\-]{5,30}){0,3})(?![A-Z0-9])"
    # What is said of the number comes after it.
    r"|(?<![A-Z0-9])(?P<said>\d[A-Z0-9\-]{5,30})(?=\s?(?:是我的?|这个|這個|这笔|這筆|这张"
    r"|is (?:my|the|our))\s?"
    r"(?:订单|訂單|单号|單號|运单|快递|工单|order|tracking|ticket|invoice|serial|timestamp|case))"
    # Counts, settings, negative numbers, and what names a thing in computing.
    r"|(?<![\d\-+(])(?!1[3-9]\d{9}(?!\d))(?P<count>\d{6,20})(?=\s?(?:rows?|bytes?|records?"
    r"|lines?|users?|requests?|queries|messages?|keys|[kmgt]i?b|ms|sec|seconds?|条|行|次|元|个|個"
    r"|字节|字節|毫秒|秒|人|件|块|塊|美元|円)(?![a-z]))"
    r"|(?<!\w)(?!phone|mobile|tel|cell|card|ss[no]|acc|user|qq|id|pass|pin|num|otp"
    r"|code|token|key|secret|sig)[a-z]{2,20}="
    r"(?P<given>(?!1[3-9]\d{9}(?!\d))\d{6,20})(?![A-Z0-9])"
    r"|[a-z]+_[a-z_]+ ?[=:] ?(?P<setting>\d{6,20})(?!\d)"
    r"|(?<![\w)] )(?<![\w)])-(?P<below>\d{6,12})(?!\d)"
    r"|(?<=[a-z] )-(?P<negative>\d{9,10})(?!\d)"
    # The largest numbers of machines, and round ones.
    r"|(?<![\d\-+.])(?P<round>214748364[78]|429496729[56]|922337203685477580[78]"
    r"|18446744073709551615"
    r"|(?!1[3-9]0{9}(?!\d))[1-9](?:0{7,15}|\d0{8,13}))(?![\d\-])"
    r"|(?<![\w=/\-])(?P<uuid>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?![\w\-])"
    r"|\b(?P<clone>git@[\w.\-]+)(?=[:/])"
    r"|(?<![A-Z0-9])(?P<date>20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{2,16})(?!\d)"
)

KEPT = re.compile(_PATTERN, re.IGNORECASE | re.ASCII)
