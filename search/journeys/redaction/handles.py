"""Names of accounts: in messengers, in networks, and here."""

from __future__ import annotations

from .links import IS
from .rules import rules

_ACCOUNT = (
    r"(?:号码|號碼|号|號|账号|帳號|帐号|账户|帳戶|用户名|用戶名|会员名|會員名|昵称|暱稱|u?id"
    r"|account"
    r"|handle|user ?name|name|number)"
)
_BE = r"(?:'s|is|是|为|為|係|叫|就是|:|=)"
_ME = r"(?:\s?(?:me|us|him|her|我))?"
_HANDLE = r"@?[A-Za-z0-9][\w.\-]{3,29}"
_WITH_SIGN = (
    r"(?!iphone|ipad|android|ios|win|version|v\d)@?(?=[\w.\-]*[\d_\-]|\w+\.\w)"
    r"[A-Za-z][\w.\-]{3,28}\w"
)
_WECHAT = (
    r"(?:微信|[我的加+]v(?=\s?[:是信号]|\s)|加v|薇信|威信|微x|微❤|v[信❤♥]|v我"
    r"|\bvx|\bwx|wechat|weixin|\b微)"
)
_OTHERS = (
    r"(?:\bline|[賴赖](?=的?\s?id|\s?:|\s?是)|telegram|\btg|电报|電報|twitter|推特|instagram"
    r"|\binsta"
    r"|\bins|\big"
    r"|facebook|\bfb|skype|whatsapp|微博|weibo|抖音|tiktok|小红书|小紅書|snapchat|\bsnap|discord"
    r"|钉钉"
    r"|飞书|支付宝|支付寶|alipay|paypal|淘宝|淘寶|京东|拼多多|快手|知乎|b站|豆瓣|陌陌|贴吧|旺旺"
    r"|kakao(?:talk)?|signal|viber|threads|mastodon|linkedin|venmo|cash ?app|zelle|steam|reddit"
    r"|游戏|遊戲)"
)

RULES = [
    *rules(
        "⟨account⟩",
        rf"{_WECHAT}\s?{_ACCOUNT}{IS}(?P<what>{_HANDLE})",
        rf"{_WECHAT}{_ME}\s?{_BE}\s{{0,2}}(?P<what>@?[A-Za-z][\w\-]{{5,19}})",
        rf"{_WECHAT}{_ME}(?:\s{{0,2}}(?:at|on|as|under|@|:|,|号"
        rf"|號))?\s{{0,2}}(?P<what>{_WITH_SIGN})",
        rf"(?:加我|添加我|加一下|\badd me|\bmessage me|\bdm me)(?:\s?(?:on|at|as|via|好友|吧|哦))?"
        rf"(?:\s{{0,2}}[:,，])?\s{{0,2}}(?P<what>{_WITH_SIGN})",
        rf"{_WECHAT}[\u4e00-\u9fff]{{1,6}}(?P<what>(?![a-z]*err)(?=\w*_\w)[A-Za-z]\w{{4,29}})",
        r"[我的加]q\s?[号號]?[:是为]?\s?(?P<what>[1-9]\d{4,11})(?!\d)",
        r"(?<![\w])(?-i:wxid_\w{6,})",
        rf"(?:\bqq|扣扣|企鹅号?|\bq(?=[号:]))\s?{_ACCOUNT}?{IS}(?P<what>[1-9]\d{{4,11}})(?!\d)",
        rf"(?:微信|wechat)\s?{_ACCOUNT}?{IS}(?P<what>\d{{7,12}})(?!\d)",
        r"(?<!\d)(?P<what>[1-9]\d{5,11})(?=\s?(?:加我|加一下|(?:是|係|is)\s?(?:我的|我嘅"
        r"|my)\s?(?:qq|微信|wechat)))",
        cues=(
            "+v|加v|的v|我v|信|wechat|weixin|wx|vx|微|qq|q号|q:|的q|我q|加q|v❤|v♥|扣|企鹅|加我"
            "|加一下"
            "|add me|message me|dm me"
        ).split("|"),
    ),
    *rules(
        "⟨account⟩",
        r"(?:facebook\.com|linkedin\.com/in|instagram\.com|twitter\.com|//x\.com|(?<![\w.])t\.me"
        r"|wa\.me"
        r"|paypal\.me"
        r"|weibo\.com(?:/u)?|github\.com|tiktok\.com|line\.me/ti/p|douyin\.com/user)/"
        r"(?P<what>[@~]?[\w.\-]{3,})(?!/?[\w.\-])",
        rf"(?:skype|telegram|\btg|instagram|\big|twitter|snap(?:chat)?|discord|facebook|\bfb"
        rf"|tiktok)(?: as| at| under)?\s"
        rf"(?!\w*(?:api|bot|error|web|app))(?P<what>{_WITH_SIGN})",
        rf"(?:\bmy|我的?)\s?line\s(?P<what>{_WITH_SIGN})",
        rf"{_OTHERS}{_ME}(?:的|\s)?(?:{_ACCOUNT}{IS}|{_BE}\s?|(?:on|at)\s)(?P<what>{_WITH_SIGN})",
        rf"(?:旺旺|淘宝号|b站|uid){IS}(?P<what>[a-z]{{0,4}}\d{{5,14}})(?!\d)",
        rf"{_OTHERS}\s?{_ACCOUNT}\s(?P<what>{_WITH_SIGN})",
        rf"{_OTHERS}{_ME}\s?{_ACCOUNT}?{IS}(?P<what>@(?u:[^\W\d_][\w.\-]{{2,29}}))(?<![.\-])",
        rf"{_OTHERS}\s?{_ACCOUNT}?{IS}(?P<what>live:[\w.\-]{{3,40}}|\w{{2,32}}#\d{{4}}(?!\d))",
        rf"{_OTHERS}\s?{_ACCOUNT}{IS}(?P<what>(?u:(?=[\w.\-]*\d)\w[\w.\-]{{2,24}}\w))",
        rf"{_OTHERS}\s?{_ACCOUNT}\s?{_BE}\s?(?P<what>[A-Za-z][\w.\-]{{4,29}})",
        cues=(
            "uid|line|賴|赖|tg|telegram|电报|電報|twitter|推特|insta|ins |ins:|ig |ig:|facebook"
            "|fb|skype|whatsapp|weibo|抖音|tiktok|小红书|小紅書|snap|discord|钉钉|飞书|支付"
            "|alipay|paypal|微博|京东|淘宝|淘寶|拼多多|快手|知乎|b站|豆瓣|陌陌|贴吧|旺旺|.com/"
            "|x.com|t.me|wa.me|line.me|kakao|signal|viber|threads|mastodon|linkedin|venmo|cash"
            "|zelle|steam|reddit|游戏|遊戲|ig是|ig号|ins号|ins是|ig號|ig帳|ig@|ins@"
        ).split("|"),
    ),
    *rules(
        "⟨account⟩",
        r"(?:昵称|暱稱)(?:是|叫|为|為|:)\s?(?P<what>(?!什么|啥|怎么|什麼)[^\s,。;]{2,12})",
        r"(?:账号|帳號|帐号|賬號|用户名|用戶名|登录名|登入名|会员号|會員號|会员名|會員名|会员卡"
        r"|會員卡"
        r"|昵称|暱稱|username|user name|user id|login|member(?:ship)?(?: id|(?= n))|customer id"
        rf"|loyalty|frequent flyer){IS}(?P<what>(?=[\w.\-]*\d)[A-Za-z0-9][\w.\-]{{3,29}})",
        cues=("号|號|名|昵称|暱稱|user|login| id|member|loyalty|frequent|会员|會員").split("|"),
    ),
]
