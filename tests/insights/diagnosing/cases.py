"""Twenty gaps of each kind, by hand: what people ask, what there is, and what they do.

``deed`` is what those who ask do next: "" nothing; "none" leave results unclicked; "reword" open
the entry after other words; "sent" be answered with it by an agent; "contact" read it and turn to
a person; "no" read it and say no; "later" fail before the entry was published.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.insights.diagnosis.models import Kind


@dataclass(frozen=True, slots=True)
class Case:
    """One gap, asked in ``locale``; the entry, where there is one, stands in ``code``."""

    kind: Kind
    locale: str
    asked: str
    title: str = ""
    body: str = ""
    code: str = ""
    audience: str = "public"
    deed: str = ""
    other: str = ""


EN, ZH = "en", "zh-hans"


def _cases(kind: Kind, table: str, **values: str) -> list[Case]:
    rows = [line.split("|") for line in table.strip().splitlines()]
    return [Case(kind, **dict(zip(_COLUMNS, row, strict=False)), **values) for row in rows]  # type: ignore[arg-type]


_COLUMNS = ("locale", "deed", "asked", "title", "body", "other")

#: Many share words with entries that are about something else.
MISSING = _cases(
    Kind.MISSING,
    """
en||donate loyalty points to charity
en||engrave a name on the lid
en||rent a wheelchair
en||student exchange programme
en||solar panels on the roof
en||insurance against theft abroad
en||recycle old batteries
en||piano lessons for children
en||cancel invoice twice a year
en||gift wrapping in red paper
zh-hans||可以刻字吗
zh-hans||有没有儿童座椅出租
zh-hans||太阳能板怎么安装
zh-hans||旧电池回收点在哪里
zh-hans||学生交换项目
zh-hans||宠物可以寄养吗
zh-hans||钢琴课多少钱
zh-hans||海外被盗保险
zh-hans|none|会员积分捐给慈善机构
zh-hans||红色礼盒包装
""",
)

NOT_FINDABLE = _cases(
    Kind.NOT_FINDABLE,
    """
en|reword|dead screen|Display stays black|Hold the power key for ten seconds.|display black
en|reword|get my cash back|Refund for an order|Refunds take five days.|refund order
en|reword|talk to somebody|Telephone hours|We are there from nine to five.|telephone hours
en|reword|shrink my plan|Downgrade a subscription|Choose a smaller tier.|downgrade subscription
en|reword|lend it to my brother|Share a licence with family|Up to five members.|share licence
en|sent|moved house|Change the delivery address|Under Addresses, before dispatch.|
en|sent|box arrived smashed|Report transport damage|Send three photographs.|
en|later|swap the memory card|Swap the memory card|Push it until it clicks.|
en|later|pause newsletter emails|Pause newsletter emails|Under Notifications.|
en|none|pair earphones with television|Pair earphones with a television|Open Bluetooth on both.|
zh-hans|reword|屏幕不亮|显示器黑屏处理|长按电源键十秒。|显示器黑屏
zh-hans|reword|把钱还给我|申请退款流程|退款五天到账。|退款流程
zh-hans|reword|找真人|人工客服服务时间|每天九点到十八点。|客服时间
zh-hans|reword|降套餐|变更订阅等级|在账单页面选择。|变更订阅
zh-hans|reword|搬家了怎么办|修改收货地址|发货前可以改。|修改地址
zh-hans|sent|箱子压坏了|运输破损理赔|请拍三张照片。|
zh-hans|sent|换人用|转让许可证|在许可证页面操作。|
zh-hans|later|更换存储卡|更换存储卡|按到咔哒一声。|
zh-hans|later|暂停订阅邮件|暂停订阅邮件|在通知设置里。|
zh-hans|none|耳机连接电视|耳机连接电视|两边打开蓝牙。|
""",
)

NOT_PERMITTED = _cases(
    Kind.NOT_PERMITTED,
    """
en||goodwill voucher limit|Goodwill voucher limit|Up to twenty euros.
en||override credit check|Override a credit check|Only with a second person.
en||escalate to legal department|Escalate to the legal department|Write to the lawyers.
en||unlock frozen wallet|Unlock a frozen wallet|Ask for two papers.
en||warehouse pickup door code|Warehouse pickup and door code|Ask at the gate.
en||internal repair price list|Repair price list, internal|By model.
en||bypass captcha for blind users|Bypass the captcha for blind users|Press F7.
en||merge duplicate customer records|Merge duplicate customer records|Keep the older one.
en||compensate delayed flight|Compensate a delayed flight|From three hours on.
en|sent|make an exception for me|Leeway of the first line|Once a year.
zh-hans||补偿券额度|补偿券额度|最高一百元。
zh-hans||绕过信用审核|绕过信用审核|需要两人确认。
zh-hans||升级到法务部|升级到法务部|写信给律师。
zh-hans||解冻钱包|解冻钱包步骤|核对两份证件。
zh-hans||仓库自提门禁密码|仓库自提门禁密码|在门口询问。
zh-hans||内部维修价格表|内部维修价格表|按型号。
zh-hans||合并重复客户档案|合并重复客户档案|保留较早的。
zh-hans||航班延误赔付标准|航班延误赔付标准|三小时起。
zh-hans||人工调账申请|人工调账申请|由主管批准。
zh-hans|sent|给我破例一次|一线客服的裁量权|一年一次。
""",
    audience="agents",
)

WRONG_LANGUAGE = [
    *_cases(
        Kind.WRONG_LANGUAGE,
        """
en||如何开具电子发票|如何开具电子发票|在订单页面申请。
en||学生认证优惠|学生认证优惠|上传学生证。
en||微信支付失败|微信支付失败怎么办|检查余额。
en||海关清关材料|海关清关材料|身份证正反面。
en|none|家庭共享相册|家庭共享相册|在相册里邀请。
en|reword|tax number on receipts|增值税税号填写|在抬头里填写。|增值税税号
en|reword|holiday opening|春节营业安排|除夕休息。|春节营业
en|reword|pick up station|自提点查询|输入邮编。|自提点
en|sent|bank rejects me|银行卡绑定失败|确认预留手机号。
en|sent|voice commands|小爱同学语音控制|说出唤醒词。
""",
        code=ZH,
    ),
    *_cases(
        Kind.WRONG_LANGUAGE,
        """
zh-hans||roaming charges abroad|Roaming charges abroad|By zone.
zh-hans||two factor authentication backup codes|Two factor authentication backup codes|Print them.
zh-hans||webhook signature verification|Webhook signature verification|Compare the digest.
zh-hans||HDMI handshake error|HDMI handshake error|Use a shorter cable.
zh-hans|none|OAuth redirect mismatch|OAuth redirect mismatch|Compare both addresses.
zh-hans|reword|跨境关税|Customs duties for parcels|Paid by the recipient.|customs duties
zh-hans|reword|地毯怎么清洗|Carpet shampoo instructions|Let it dry.|carpet shampoo
zh-hans|reword|咖啡机除垢|Descale the espresso machine|Use citric acid.|descale espresso
zh-hans|sent|割草机不启动|Mower will not start|Change the spark plug.
zh-hans|sent|烤箱门坏了|Oven hinge replacement|Order part 77.
""",
        code=EN,
    ),
]

UNHELPFUL = _cases(
    Kind.UNHELPFUL,
    """
en|contact|reset my passcode|Reset a passcode|It can be reset.
en|contact|track a shipment|Track a shipment|Shipments can be tracked.
en|contact|printer offline|Printer shows offline|Turn it on.
en|contact|calibrate the thermostat|Calibrate the thermostat|Calibrate it.
en|contact|export contacts as vcard|Export contacts as vCard|Use the export.
en|contact|firmware update stuck|Firmware update stuck|Wait.
en|no|replace the filter cartridge|Replace the filter cartridge|Replace it.
en|no|mute notifications at night|Mute notifications at night|Mute them.
en|no|connect a second monitor|Connect a second monitor|Connect it.
en|no|restore a deleted folder|Restore a deleted folder|Restore it.
zh-hans|contact|重置锁屏密码|重置锁屏密码|可以重置。
zh-hans|contact|查询物流进度|查询物流进度|可以查询。
zh-hans|contact|打印机脱机|打印机显示脱机|请开机。
zh-hans|contact|校准温控器|校准温控器|请校准。
zh-hans|contact|导出通讯录|导出通讯录|使用导出。
zh-hans|contact|固件升级卡住|固件升级卡住|请等待。
zh-hans|no|更换滤芯|更换滤芯|请更换。
zh-hans|no|夜间免打扰|夜间免打扰设置|请设置。
zh-hans|no|连接第二台显示器|连接第二台显示器|请连接。
zh-hans|no|恢复已删除文件夹|恢复已删除文件夹|请恢复。
""",
)

CASES = [*MISSING, *NOT_FINDABLE, *NOT_PERMITTED, *WRONG_LANGUAGE, *UNHELPFUL]
