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
_NAME = rf"{_NO_NAME}(?:(?:{_DOUBLE}){_GIVEN}|[{_SURNAMES}]{_GIVEN})"
_AFTER = (
    r"(?=$|[^\u4e00-\u9fff]|想|要|的|，|我|电话|電話|手机|手機|先生|女士|小姐|订|訂|住|在|是"
    r"|身份|地址|请|請|和|于|買|买|之前|今年|来自|来|從|从)"
)
_SEPARATED = r"(?:\s{0,2}(?:是|为|為|:|叫|=)\s{0,2}|\s{1,2})"
_ROLES = (
    "(?:姓名|名字|全名|真名|本名|收件人|收货人|收貨人|联系人|聯絡人|聯繫人|机主|機主|持卡人|户名"
    "|戶名|户主|申请人|申請人|购买人|下单人"
    "|寄件人|发件人|乘客|乘机人|投保人|被保险人|经办人|负责人|开户名|客户|客戶|旅客)"
)
_WORD = r"(?-i:[A-Z][a-zA-Z'’\-]+)"
_PARTICLE = r"(?:\s(?:de|van|von|der|bin|al|la|di|da)){0,2}"
_FULL = rf"{_WORD}(?:{_PARTICLE}\s(?:{_WORD}|(?-i:[A-Z]\.?)))"
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Madam)\.?\s"
_NO_WORD = (
    r"(?!(?:wrong|misspelled|misspelt|spelled|spelt|not|on|in|incorrect|different|missing|changed"
    r"|too|the|still|no|also|shown"
    r"|showing|displayed|already|what|how|why|where|when|your|my|our|and|is|are|was|very|chinese"
    r"|english|premium|pro|new|required"
    r"|invalid|taken|never|correct|being|cut|printed|registered|longer|missspelled|just|so|a|an"
    r"|i)\b)"
)

RULES = [
    *rules(
        "⟨name⟩",
        rf"(?:我叫|我名叫|名叫|我的名字叫|我的名字是|本名叫|老公叫|老婆叫|先生叫|太太叫|儿子叫"
        rf"|女儿叫|爸爸叫|妈妈叫|孩子叫|叫做)\s?"
        rf"(?P<what>{_NAME}){_AFTER}",
        rf"我姓(?P<what>{_DOUBLE}|[{_SURNAMES}])(?=$|[^\u4e00-\u9fff]|叫|，)",
        rf"叫(?P<what>(?:{_DOUBLE}){_GIVEN}){_AFTER}",
        rf"{_ROLES}{_SEPARATED}(?P<what>{_NAME}){_AFTER}",
        rf"{_ROLES}(?P<what>{_NAME})(?=$|[^\u4e00-\u9fff]|电话|電話|手机|手機)",
        rf"(?:我是|本人是?|这里是|這裡是|在下)(?P<what>{_NAME})(?=$|[^\u4e00-\u9fff])",
        rf"(?P<what>(?:{_DOUBLE}){_GIVEN}|[{_SURNAMES}]{_GIVEN})(?=(?:先生|女士|小姐)(?:$"
        rf"|[^\u4e00-\u9fff]|的|，))",
    ),
    *rules(
        "⟨name⟩",
        rf"\bmy (?:full |first |last |legal )?name(?:'s| is| was"
        rf"|:)\s{{1,2}}(?P<what>(?:{_TITLE})?{_NO_WORD}"
        rf"(?:{_FULL}|{_WORD}|[a-z]+(?:\s(?!and|i|but|my|from|with|on|in|is|the|to|for|can"
        rf"|please)[a-z]+)?))(?![\w])",
        rf"\b(?:i am called|i'm called|they call me|people call me"
        rf"|call me)\s(?P<what>{_NO_WORD}(?:{_FULL}|{_WORD}))",
        rf"\b(?:full name|name|attn|attention|recipient|contact(?: person| name)?"
        rf"|cardholder(?: name)?|account holder|customer"
        rf"(?: name)?|passenger(?: name)?|signed|regards|sincerely|best|thanks"
        rf"|cheers)\s?[:,]\s{{0,2}}"
        rf"(?P<what>(?:{_TITLE})?{_NO_WORD}(?:{_FULL}|{_WORD}(?=\s*(?:$|[,.;\n]))))(?![\w])",
        rf"\b(?:i am|i'm|this is|it's|here is|here's)\s(?P<what>{_TITLE}(?:{_FULL}|{_WORD})"
        rf"|{_NO_WORD}{_FULL}"
        rf"(?=\s*(?:$|[,.;!]|and\b|from\b|here\b|speaking\b|with\b|calling\b))"
        rf"|{_NO_WORD}{_WORD}(?=\s(?:speaking|here|calling)\b))",
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
                "signed",
            ),
            *(
                "regards",
                "sincerely",
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
            *("miss", "dr", "prof"),
        ),
    ),
]
