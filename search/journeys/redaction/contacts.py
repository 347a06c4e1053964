"""How a person can be reached: e-mail addresses, telephone numbers, names in messengers."""

from __future__ import annotations

from .rules import DIGITS, rules

_IS = r"(?:\s{0,2}(?:is|are|是|为|為|:|#|=)){0,2}\s{0,2}"
_TLD = r"(?:com|net|org|edu|gov|cn|hk|tw|uk|us|de|fr|jp|co|io|me|info|biz|cc|top|xyz)"
_DOT = r"(?:\s{0,2}[\[({<]?\s?(?:dot|点|點|\.|。)\s?[\])}>]?\s{0,2})"
_PROVIDERS = (
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|aol|gmx|proton(?:mail)?|mail"
    r"|qq|foxmail"
    r"|163|126|yeah|sina|sohu|139|189|naver|hey)"
)
_CLASSIC = r"[A-Za-z0-9!#$%'*+^_`{|}~.\-]+"

EMAILS = rules(
    "⟨email⟩",
    r"(?u:[\w.+'\-]+@[\w\-]+(?:\.[\w\-]+)*\.[^\W\d][\w\-]*)",
    # The last label of a host begins with a letter; "package@1.2.0" is a version.
    rf"{_CLASSIC}(?:@|%40)(?:[A-Za-z0-9\-]+\.)+[A-Za-z][A-Za-z0-9\-]*"
    rf"|{_CLASSIC}@\[[0-9A-Fa-f:.]+\]",
    # Written so that no robot reads them: "ann (at) example (dot) org", "ann at example dot org".
    rf"[A-Za-z0-9._+\-]+(?:\sdot\s[A-Za-z0-9]+)?\s{{0,2}}[\[({{<]\s?(?:at|@|艾特)\s?[\])}}>]"
    rf"\s{{0,2}}[A-Za-z0-9\-]+(?:{_DOT}[A-Za-z0-9\-]+)+",
    rf"[A-Za-z0-9._+\-]+(?:\sdot\s[A-Za-z0-9]+)*\sat\s[A-Za-z0-9\-]+(?:\sdot\s[A-Za-z0-9\-]+)*"
    rf"\sdot\s{_TLD}(?:\sdot\s{_TLD})?\b",
    rf"[A-Za-z0-9._+\-]+\sat\s{_PROVIDERS}\s?\.\s?{_TLD}\b",
    rf"mail(?: address)?{_IS}"
    rf"(?P<what>[A-Za-z0-9._+\-]+\sat\s[\w\-]+(?:\.[\w\-]+)*\s?\.\s?{_TLD})\b",
    rf"(?P<what>(?=\w*[\d._])[A-Za-z0-9._+\-]+\sat\s[\w\-]+(?:\.[\w\-]+)*\.{_TLD})\b",
    rf"[A-Za-z0-9._+\-]+\s?(?:@|#|艾特|圈a|_at_|-at-)\s?[A-Za-z0-9\-]+"
    rf"(?:{_DOT}|_dot_|-dot-){_TLD}(?:{_DOT}{_TLD})?(?![A-Za-z0-9])",
    rf"[A-Za-z0-9._+\-]+ ?#at# ?[A-Za-z0-9\-]+{_DOT}{_TLD}(?:{_DOT}{_TLD})?(?![A-Za-z0-9])",
    cues=("@", "%40", "#", " at ", "(at", "[at", "{at", "<at", "_at_", "-at-", "艾特", "圈a"),
)

PHONES = rules(
    "⟨phone⟩",
    # International: a plus, eight to fifteen digits.
    r"(?<![\w+])\(?\+ ?\(?\d(?:[ ().\-/]{0,2}\d){7,14}(?!\d)",
    r"(?<![\w.])00 ?[1-9]\d{0,2}(?:[ \-]\(?\d{1,6}\)?){2,5}(?!\d)",
    # Chinese mobile, in the groups that people write.
    r"(?<!\d)(?:\(?(?:00)?86\)?[ \-.]?)?(?:"
    r"1[3-9]\d[ \-.·_/]{0,2}\d{4}[ \-.·_/]{0,2}\d{4}|1[3-9]\d{2}[ \-]\d{4}[ \-]\d{3}"
    r"|1[3-9]\d{2}[ \-]\d{3}[ \-]\d{4}|1[3-9]\d[ \-]\d{3}[ \-]\d{5}|1[3-9]\d{3}[ \-]\d{6}"
    r"|1[3-9]\d[ \-]\d{2}[ \-]\d{2}[ \-]\d{2}[ \-]\d{2})(?!\d)",
    r"(?<!\d)[1一幺][3-9三四五六七八九](?:[ \-]?[\d零〇一二三四五六七八九幺]){9}(?!\d)",
    # National numbers with a leading zero: Chinese landlines, Taiwan, Britain, Germany, France.
    r"(?<![\d.])(?:\(0\d{1,4}\)|0\d{1,3})[ \-]?\d{3,4}[ \-]?\d{4}"
    r"(?: ?(?:转|轉|分机|分機|ext\.?|x|-) ?\d{1,6})?(?!\d)",
    r"(?<![\d.])0(?:\d{2,4}[ \-/]\d{5,8}|\d{2,4} ?/ ?\d{2,4}(?: \d{2,4}){1,3}"
    r"|\d{3,4}[ \-]\d{3}[ \-]\d{3}|\d(?:[ .\-]\d{2}){4})(?!\d)",
    # Hong Kong, Macau and Taiwan with their codes but no plus.
    r"(?<![\d.\-])\(?(?:852|853)\)?[ \-]\d{4}[ \-]?\d{4}(?!\d)",
    r"(?<![\d.\-])\(?886\)?[ \-]?9\d{2}[ \-]?\d{3}[ \-]?\d{3}(?!\d)",
    # Service numbers, and North America.
    r"(?<!\d)[48]00[ \-]?(?:\d{3}[ \-]?\d{4}|\d{4}[ \-]?\d{3})(?!\d)",
    r"(?<![\d.])(?:1[ \-.])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ \-.])\d{3}[ \-.]\d{4}(?!\d)"
    r"(?:,? ?(?:ext\.?|extension|x) ?\d{1,6})?",
    # Any number that is called one.
    r"(?:电话|電話|手机|手機|手提|座机|座機|固话|固話|市话|市話|传真|傳真|来电|來電|致电|致電"
    r"|联系方式|聯絡方式|聯繫方式|拨打|撥打|打我|联系我|聯絡我|tel|phone"
    r"|mobile"
    r"|cell|landline|\bmob|\bph|whatsapp|fax|contact|my (?:new |old )?(?:number|no\.)|(?:call"
    r"|text|reach|ring|contact) me(?: at| on)?)"
    rf"(?:号码|號碼|号|號| number| no)?\.?{_IS}(?P<what>\(?\d(?:[ \-()]?\d){{6,14}})(?!\d)",
    r"(?<![\d.\-])\d{4}[ \-]?\d{4}"
    r"(?= (?:is|was) my (?:phone|mobile|cell|number|tel)|[ ,]?是我的?(?:电话|電話|手机|手機|号码))",
    cues=DIGITS,
)

_ACCOUNT = (
    r"(?:号码|號碼|号|號|账号|帳號|账户|帳戶|用户名|用戶名|会员名|會員名|昵称|暱稱|id|account"
    r"|handle"
    r"|user ?name|name|number)"
)
_HANDLE = r"@?[A-Za-z0-9][\w.\-]{3,29}"
_WITH_SIGN = r"(?!iphone|ipad|android|ios|win|version|v\d)@?(?=[\w\-]*[\d_\-])[A-Za-z][\w\-]{4,19}"
_WECHAT = r"(?:微信|薇信|威信|微x|v信|\bvx|\bwx|wechat|weixin)"
_OTHERS = (
    r"(?:\bline|telegram|\btg|电报|電報|twitter|推特|instagram|\bins|\big|facebook|\bfb|skype"
    r"|whatsapp"
    r"|微博|weibo|抖音|tiktok|小红书|小紅書|snapchat|discord|钉钉|飞书|支付宝|支付寶|alipay|paypal"
    r"|淘宝|淘寶|京东|拼多多|快手|知乎|b站|豆瓣|陌陌|贴吧|kakao(?:talk)?|signal|viber|threads"
    r"|mastodon"
    r"|linkedin|venmo|cash ?app)"
)

HANDLES = [
    *rules(
        "⟨account⟩",
        rf"{_WECHAT}\s?{_ACCOUNT}{_IS}(?P<what>{_HANDLE})",
        rf"{_WECHAT}\s?(?:is|是|为|為|:)\s{{0,2}}(?P<what>@?[A-Za-z][\w\-]{{5,19}})",
        rf"{_WECHAT}\s{{0,2}}(?P<what>{_WITH_SIGN})",
        r"(?<![\w])(?-i:wxid_\w{6,})",
        rf"(?:\bqq|扣扣|企鹅号?)\s?{_ACCOUNT}?{_IS}(?P<what>[1-9]\d{{4,11}})(?!\d)",
        rf"{_OTHERS}\s?(?:{_ACCOUNT}{_IS}|[:：]\s?|(?:is|是|为)\s?)(?P<what>{_WITH_SIGN})",
        rf"{_OTHERS}\s?{_ACCOUNT}?{_IS}(?P<what>@(?u:[^\W\d_][\w.]{{2,29}}))(?<!\.)",
        rf"{_OTHERS}\s?{_ACCOUNT}?{_IS}(?P<what>live:[\w.\-]{{3,40}}|\w{{2,32}}#\d{{4}}(?!\d))",
        rf"{_OTHERS}\s?{_ACCOUNT}{_IS}(?P<what>(?u:(?=[\w.\-]*\d)\w[\w.\-]{{2,24}}\w))",
        r"(?:facebook\.com|linkedin\.com/in|instagram\.com|twitter\.com|//x\.com|//t\.me|wa\.me"
        r"|weibo\.com(?:/u)?)/"
        r"(?P<what>@?[\w.\-]{3,})",
        rf"{_OTHERS}\s?{_ACCOUNT}\s?(?:is|是|为|為|:)\s?(?P<what>[A-Za-z][\w.\-]{{4,29}})",
        r"(?:账号|帳號|帐号|賬號|用户名|用戶名|登录名|会员号|會員號|会员名|會員名|昵称|暱稱"
        r"|username|user name"
        r"|user id|login"
        rf"|member id|customer id)(?:号码"
        rf"|号)?{_IS}(?P<what>(?=[\w.\-]*\d)[A-Za-z0-9][\w.\-]{{3,29}})",
        cues=(
            *(
                "信",
                "wechat",
                "weixin",
                "wx",
                "vx",
                "微",
                "qq",
                "扣",
                "企鹅",
                "line",
                "tg",
                "telegram",
                "电报",
                "電報",
            ),
            *(
                "twitter",
                "推",
                "ins",
                "ig",
                "facebook",
                "fb",
                "skype",
                "whatsapp",
                "weibo",
                "抖音",
                "tiktok",
                "小红书",
            ),
            *(
                "小紅書",
                "snapchat",
                "discord",
                "钉钉",
                "飞书",
                "支付宝",
                "alipay",
                "paypal",
                "号",
                "號",
                "名",
                "昵称",
                "暱稱",
            ),
            *(
                "微博",
                "京东",
                "淘宝",
                "淘寶",
                "拼多多",
                "快手",
                "知乎",
                "b站",
                "豆瓣",
                "陌陌",
                "贴吧",
            ),
            *(".com/", "x.com", "t.me", "wa.me"),
            *("kakao", "signal", "viber", "threads", "mastodon", "linkedin", "venmo", "cash"),
            *("user", "login", " id"),
        ),
    )
]
