"""Names of people, where a cue says that one follows: "我叫张三", "my name is Ann Lee"."""

from __future__ import annotations

from .rules import rules

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季"
    "俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉閻餘鍾薑譚鄒陸龍錢湯賴龔龐蘭顏嚴溫蘆魯韋畢聶叢齊莊關費紀項陽衛區"
)
_DOUBLE = (
    "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|东方|東方|皇甫|尉迟|公孙|公孫|慕容|令狐|长孙|宇文"
    "|司徒|夏侯|端木"
)
_GIVEN = "[\u4e00-\u9fff]{1,2}"
# Words that begin like a name.
_NO_NAME = (
    "(?!高级|高級|金牌|金卡|黄金|白金|钻石|安卓|苹果|常客|常用|方式|方法|万一|时候|时间|关于|成功"
    "|成年|文字|文件|路上|管理|向你|向您"
    "|查询|查看|任何|于是|白天|程序|江苏|江西|石家庄|温州|武汉|广东|安徽|贵州|云南|马上|易购|项目"
    "|位置|游客|成员|盛情|方便|商家)"
)
_NAME = (
    rf"{_NO_NAME}(?:[\u4e00-\u9fff]{{2,6}}(?:[·•・][\u4e00-\u9fff]{{1,7}}){{1,3}}"
    rf"|(?:{_DOUBLE}){_GIVEN}|[{_SURNAMES}]{_GIVEN})"
)
#: Of somebody: what follows a name that stands bare behind a word for a person.
_THEIRS = (
    "的(?:订单|訂單|退款|快递|快遞|包裹|电话|電話|账|帳|身份|手机|手機|地址|申请|投诉|合同|保单"
    "|保單)"
)
_AFTER = (
    r"(?=$|[^\u4e00-\u9fff]|想|要|的|，|我|电话|電話|手机|手機|先生|女士|小姐|订|訂|住|在|是"
    r"|身份|地址|请|請|和|于|買|买|之前|今年|来自|来|來|從|从"
    r"|申请|申請|投诉|投訴|反映|购买|購買|委托|已|有|今|昨|因|、)"
)
_SEPARATED = r"(?:\s{0,2}(?:是|为|為|:|叫|=)\s{0,2}|\s{1,2})"
_ROLES = (
    "(?:姓名|名字|全名|真名|本名|收件人|收货人|收貨人|联系人|聯絡人|聯繫人|机主|機主|持卡人|户名"
    "|戶名|户主|申请人|申請人|购买人|下单人"
    "|寄件人|发件人|乘客|乘机人|投保人|被保险人|经办人|负责人|开户名|客户|客戶|旅客|患者|病人"
    "|学生|学员|受益人|收款人|付款人|业主|租客|客人|员工|住户|监护人|签收人|取件人|提货人|发货人"
    "|报名人"
    "|代办人|法人|法定代表人|被保人|车主|車主|房东|姓名为|真实姓名|真實姓名)"
)
_WORD = r"(?-i:[A-ZÀ-ÖØ-Þ][a-zA-ZÀ-ÿ'’\-]+)"
_PARTICLE = r"(?:\s(?:de|van|von|der|bin|al|la|di|da)){0,2}"
_FULL = rf"{_WORD}(?:{_PARTICLE}\s(?:{_WORD}|(?-i:[A-Z]\b\.?))){{1,3}}"
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Madam)\.?\s"
_NO_WORD = (
    r"(?!(?:wrong|misspelled|misspelt|spelled|spelt|not|on|in|incorrect|different|missing|changed"
    r"|too|the|still|no|also|shown"
    r"|showing|displayed|already|what|how|why|where|when|your|my|our|and|is|are|was|very|chinese"
    r"|english|premium|pro|new|required"
    r"|invalid|taken|never|correct|being|cut|printed|registered|longer|missspelled|just|so|a|an"
    r"|i|(?-i:[A-Z][a-z]+ing))\b)"
)

#: Whom a salutation names that is no person.
_NOBODY = (
    r"(?!(?:customers?|sirs?|madam|team|support|service|all|friends?|everyone|everybody|seller"
    r"|staff|admin"
    r"|managers?|colleagues?|agents?|help|bot|there|guys|folks|concern|member|valued|user|god"
    r"|lord|company|shop"
    r"|store|bank|whom|mr|mrs|ms|dr|both|siri|alexa|google|chatgpt|world|again)\b)"
)

RULES = [
    *rules(
        "⟨name⟩",
        rf"(?:我叫|我名叫|名叫|我的名字叫|我的名字是|本名叫|老公叫|老婆叫|先生叫|太太叫|儿子叫"
        rf"|女儿叫|爸爸叫|妈妈叫|孩子叫|叫做)\s?"
        rf"(?P<what>{_NAME}){_AFTER}",
        rf"(?:我|敝|免贵|免貴)姓(?P<what>{_DOUBLE}|[{_SURNAMES}])(?=$|[^\u4e00-\u9fff]|叫|，)",
        rf"(?:我|敝|免贵|免貴)姓⟨name⟩[，,、]?叫?(?P<what>{_NAME})(?=$|[^\u4e00-\u9fff])",
        rf"(?:此致|敬上|谨启|署名|签名|簽名|落款)(?:敬礼"
        rf"|敬禮)?[\s:：，。!！]{{1,3}}(?P<what>{_NAME})(?=$|[^\u4e00-\u9fff])",
        rf"(?:^|[\s。！!])(?P<what>{_NAME})\s?(?:敬上|谨上|謹上|谨启|謹啟)",
        rf"叫(?P<what>(?:{_DOUBLE}){_GIVEN}){_AFTER}",
        rf"{_ROLES}{_SEPARATED}(?P<what>{_NAME}){_AFTER}",
        rf"{_ROLES}(?P<what>{_NAME})(?=$|[^\u4e00-\u9fff]|电话|電話|手机|手機|{_THEIRS})",
        rf"(?:我是|这里是|這裡是|在下)(?P<what>{_NAME})(?=$|[^\u4e00-\u9fff])",
        rf"(?<!日)本人是?(?P<what>{_NAME}){_AFTER}",
        rf"(?P<what>{_NO_NAME}(?:(?:{_DOUBLE}){_GIVEN}|[{_SURNAMES}]{_GIVEN}))(?=先生|女士|小姐)",
        rf"(?:^|[^\u4e00-\u9fff]|我是|我姓|姓)(?P<what>{_DOUBLE}|[{_SURNAMES}])(?=先生|女士|小姐"
        rf"|太太)",
        rf"[爸妈媽爷爺奶哥姐弟妹儿兒子孩友公婆事生太人]叫(?P<what>{_NAME}){_AFTER}",
        rf"(?:谢谢|謝謝|感谢|感謝)[!！。.\s]{{1,2}}(?P<what>{_NAME})$",
        rf"{_ROLES}{_SEPARATED}(?P<what>{_FULL})(?![\w])",
        rf"(?:\n\s?-|\s--)\s?(?P<what>{_FULL}|{_NAME})\s*$",
        cues=(
            *("叫", "姓", "名", "人", "主", "客", "学", "学员", "员工", "我是", "这里是", "這裡是"),
            *("在下", "先生", "女士", "小姐", "太太", "此致", "敬", "谨", "謹", "署", "签", "簽"),
            *("落款", "谢", "謝", "感", "住户", "代表", "房东", "-"),
        ),
    ),
    *rules(
        "⟨name⟩",
        rf"\bmy (?:\w+'s )?(?:full |first |last |legal |maiden |middle )?name(?:'s| is| was"
        rf"|:)\s{{1,2}}(?P<what>(?:{_TITLE})?{_NO_WORD}"
        rf"(?:{_FULL}|{_WORD}|[a-z]+(?:\s(?!and|i|but|my|from|with|on|in|is|the|to|for|can"
        rf"|please)[a-z]+)?))(?![\w])",
        rf"\b(?:i am called|i'm called|they call me|people call me"
        rf"|call me)\s(?P<what>{_NO_WORD}(?:{_FULL}|{_WORD}))",
        rf"\b(?:full name|name|attn|attention|recipient|contact(?: person| name)?"
        rf"|cardholder(?: name)?|account holder|sender|addressee|patient|guest|tenant|employee"
        rf"|beneficiary|payee|applicant"
        r"|policyholder|insured|owner|student|surname|customer"
        rf"(?: name)?|passenger(?: name)?|signed|regards|sincerely|faithfully|truly|best|thanks"
        rf"|cheers)\s?[:,]\s{{0,2}}"
        rf"(?P<what>(?:{_TITLE})?{_NO_WORD}(?:{_FULL}|{_WORD}(?=\s*(?:$|[,.;\n]))))(?![\w])",
        rf"\b(?:thanks|thank you|regards|sincerely|faithfully|truly|cheers"
        rf"|best)[,.!]?\s?\n\s*(?P<what>{_FULL}"
        rf"|{_WORD})(?=\s*$)",
        rf"\b(?:under|in) (?:the "
        rf"|my )?name(?: of)?:?\s(?P<what>(?:{_TITLE})?{_NO_WORD}{_FULL})(?![\w])",
        rf"\b(?:i am|i'm|this is|it's|here is|here's)\s(?P<what>{_TITLE}(?:{_FULL}|{_WORD})"
        rf"|{_NO_WORD}{_FULL}"
        rf"(?=\s*(?:$|[,.;!]|and\b|from\b|here\b|speaking\b|with\b|calling\b))"
        rf"|{_NO_WORD}{_WORD}(?=\s(?:speaking|here|calling)\b))",
        # Cues so sure that nothing need stand between, before two words of a name.
        rf"\b(?:cardholder(?:'s)?(?: name)?|account holder(?:'s)?(?: name)?|contact (?:person"
        rf"|name)|recipient"
        rf"|customer name|passenger(?: name)?|name on (?:the |my )?(?:card|account|order|booking)"
        rf"|(?:yours )?sincerely|(?:best |kind |warm )?regards|yours (?:truly|faithfully))"
        rf"(?:\s?(?::|-|is|was)\s|\s){{1,2}}(?P<what>(?:{_TITLE})?{_NO_WORD}{_FULL})(?![\w])",
        rf"\b(?P<what>(?-i:Mr|Mrs|Ms|Miss|Dr|Prof)\.?\s(?:{_FULL}|{_WORD}))",
        cues=(
            *(
                "name",
                "call",
                "attn",
                "attention",
                "recipient",
                "contact",
                "holder",
                "customer",
                "passenger",
                "sender",
                "addressee",
                "patient",
                "guest",
                "tenant",
                "employee",
                "beneficiary",
                "payee",
                "applicant",
                "insured",
                "owner",
                "student",
                "thank you",
                "signed",
            ),
            *(
                "regards",
                "sincerely",
                "faithfully",
                "truly",
                "best",
                "thanks",
                "cheers",
                "i am",
                "i'm",
                "this is",
                "it's",
                "here",
                "mr",
                "ms",
            ),
            *("miss", "dr", "prof", "yours"),
        ),
    ),
    *rules(
        "⟨name⟩",
        rf"\b(?:spoke|talked|spoken|speaking|chatted) (?:to"
        rf"|with)\s(?P<what>{_NO_WORD}{_NOBODY}(?:{_FULL}|{_WORD}))(?![\w])",
        rf"\bmy (?:husband|wife|son|daughter|mother|father|mom|mum|dad|brother|sister|partner"
        rf"|friend|boss|colleague)"
        rf"(?:,| is| called| named)?\s(?P<what>{_NO_WORD}{_FULL})(?![\w])",
        cues=(
            "spoke",
            "talked",
            "speaking",
            "chatted",
            "husband",
            "wife",
            "son ",
            "daughter",
            "mother",
            "father",
            "my mom",
            "my mum",
            "my dad",
            "brother",
            "sister",
            "partner",
            "friend",
            "boss",
            "colleague",
        ),
    ),
    *rules(
        "⟨name⟩",
        rf"\b(?-i:[Dd]ear|DEAR|[Hh]i|[Hh]ello"
        rf"|[Hh]ey)\s(?P<what>(?:{_TITLE})?{_NO_WORD}{_NOBODY}(?:{_FULL}|{_WORD}))(?=\s?[,!:;.\n])",
        cues=("dear ", "hi ", "hello ", "hey "),
    ),
]
