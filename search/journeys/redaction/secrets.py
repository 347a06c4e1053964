"""Passwords, codes, tokens and keys."""

from __future__ import annotations

from .rules import rules

_IS = r"\s{0,2}(?:(?:is|was|are|[就都也]?是|[设設改]?[为為成]|[设設]置[为為]|:|=)\s{0,2}){1,2}"
_NOT_SAID = (
    r"(?!(?:wrong|incorrect|invalid|expired|reset|not|correct|right|what|how|why|the|change|changed"
    r"|forgot|forgotten|too|weak|required|empty|missing|lost|still|always|never)\b)"
)
_WORD = (
    r"(?!(?:\w+(?:ing|ed)|gone|broken|okay|fine|different|same|case|available|needed|stored"
    r"|hidden|unknown"
    r"|somehow|secure|strong|already|really|being|asking|simply|again|only|unsafe)\b)[a-z]{6,20}"
    r"(?=\s*(?:$|[,.;!?]|and\b|but\b|can you|please))"
)
_CHOSEN = (
    "[^\\d。,;\\n]{0,6}?(?:[设設填输輸用改写寫记記叫]|原来|以前|之前|一直|应该)"
    "[^\\d。,;\\n\\x21-\\x7e]{0,6}"
)
_MIXED = r"(?=[\x21-\x7e]*\d)(?=[\x21-\x7e]*[A-Za-z])[\x21-\x7e]{4,}"
_QUOTES = "[\"'“”‘’「」]?"

RULES = [
    *rules(
        "⟨secret⟩",
        r"(?<=://)[^\s/?#@]+(?=@)",
        r"(?<=[?&#;])(?:[\w.\-]*(?:token|secret|passw(?:or)?d|passwd|api[_\-]?key|signature"
        r"|session|credential|jwt|sign(?=[=\-_]|nature))[\w.\-]*|pwd|sig|key|auth|code|sid|otp"
        r"|ticket|state"
        r"|user(?:name)?|uname|e?mail|phone|mobile|tel|name|account|id_?card|idno)="
        r"(?P<what>[^\s&#;]+)",
        r"(?<![A-Z0-9])(?:[A-Z0-9]{1,20}[_\-]){0,3}(?:password|passwd|pwd|secret|token"
        r"|api[_\-]?key)\s*=\s*(?P<what>[\x21-\x7e]{4,})",
        # A word with a digit or a sign in it is a password; after a Chinese cue any Latin word.
        rf"(?:pass(?:wor[dt]|code|phrase|wd)?|pwd|pw){_IS}{_QUOTES}{_NOT_SAID}"
        r"(?P<what>(?=[\x21-\x7e]*[\d!@#$%^&*_+=~])[\x21-\x7e]{4,})",
        rf"(?:password|passcode|passphrase"
        rf"|pwd)\s?[:=]\s?{_QUOTES}{_NOT_SAID}(?P<what>[\x21-\x7e]{{4,}})",
        rf"(?:密码|密碼|口令){_IS}{_QUOTES}(?P<what>[\x21-\x7e]{{4,}})",
        r"(?:密码|密碼|口令)\s{0,2}(?:是|为|為|:|=)\s{0,2}(?P<what>[A-Za-z0-9]+"
        r"(?: [A-Za-z0-9]+){1,6})"
        r"(?=$|[^\x20-\x7e]|[,.])",
        r"(?:密码|密碼|口令|password|passwd|passcode|\bpwd?)\s{0,2}"
        r"(?P<what>(?=[A-Za-z!@#$%^&*_+=~]*\d)[A-Za-z0-9!@#$%^&*_+=~]{4,})",
        rf"(?:密码|密碼|口令)\s{{0,2}}{_QUOTES}(?P<what>{_MIXED})",
        r"(?:密码|密碼|口令)(?:是|为|為|:|=)\s{0,2}(?P<what>(?![^\s,。;]*(?:[位字请請输輸不少至]"
        r"|数))[\u4e00-\u9fff]{2,8}[\x21-\x7e]*\d)(?=$|[,。\s])",
        r"\s-u\s?[\w.\-]{1,40}:(?P<what>[\x21-\x7e]{3,})",
        rf"用\s?{_QUOTES}(?P<what>{_MIXED}){_QUOTES}\s?(?:做|作|当|當|作为"
        rf"|登录密)(?=.{{0,3}}[密口])",
        rf"(?:password|passphrase|密码|密碼){_IS}[\"“'「](?P<what>[^\"”'」\n]{{4,60}})[\"”'」]",
        r"(?<![\w\-])-p(?P<what>(?=[A-Za-z0-9]*[A-Za-z])(?=[A-Za-z]*\d)\w{6,})(?=\s-|\s*$)",
        rf"(?:密码|密碼|口令){_CHOSEN}{_QUOTES}(?P<what>{_MIXED}|\d{{4,}}(?![\d年月次位天分小]))",
        rf"pass(?:word|code|phrase)[^.;!?\n\d]{{0,20}}\b(?:set|used?|chose|typed?|entered|enter"
        rf"|wrote|tried)"
        rf"\b(?: it)?(?: to| as| is| was)?\s{_QUOTES}{_NOT_SAID}(?P<what>{_MIXED}|\d{{4,}})",
        rf"\b(?:set|changed?|reset|updated?) (?:my |the |a |it'?s )?(?:\w+ )?(?:password|passcode"
        rf"|pin) (?:to|as)\s{_QUOTES}(?P<what>[\x21-\x7e]*\d[\x21-\x7e]*)",
        r"(?:pass(?:word|code|phrase)|密码|密碼)[^.!?。\n\d]{0,30}[ ,:\"'](?P<what>(?=\S*\d)"
        r"(?=\S*[A-Za-z])(?=\S*[!@#$%^&*])[\x21-\x7e]{6,}?)(?=[,;]?(?:\s|$|[^\x21-\x7e]))",
        r"\b(?:a|the|this|my|that) code,?\s(?:(?:it'?s|is|was|says"
        r"|reads)\s)?(?P<what>\d{4,8})(?!\d)",
        rf"(?<!what my )(?<!what the )\b(?:password|passcode|passphrase)\s(?:is"
        rf"|was)\s{_QUOTES}{_NOT_SAID}(?P<what>{_WORD})",
        r"(?:security (?:question )?answer|answer to (?:my|the) security question|maiden name"
        r"|密保(?:问题)?(?:的?答案)?|安全问题的?答案|密保答案)\s{0,2}(?:is|was|are|是|为|為|:"
        r"|=)\s{0,2}"
        rf"{_QUOTES}{_NOT_SAID}(?P<what>[A-Za-z][\w\-]{{2,30}}|[\u4e00-\u9fff]{{2,8}}(?=$|[,。]))",
        r"(?:(?:access|secret|app|client|private)[ _\-]?(?:key|secret)|\b[as]k\b)(?:[ _]?(?:id"
        r"|secret))?"
        r"(?:\s?(?:is|是|为|:|=))?\s{0,2}(?P<what>(?=[\w\-/+]*\d)"
        r"(?=[\w\-/+]*[A-Za-z])[\w\-/+=]{12,})",
        # Codes that are sent, and card security codes.
        r"(?:验证码|驗證碼|校验码|動態碼|动态码|动态密码|短信码|簡訊碼|登录码|确认码|確認碼"
        r"|激活码|取件码|取件碼|安全码|安全碼"
        r"|\botp|\bpin(?:\s?(?:code|number|码|碼))?|\bcvv2?|\bcvc2?"
        r"|(?:verification|security|2fa|mfa|(?:two|2)[ -](?:factor|step)|authenticator|activation"
        r"|confirmation"
        r"|one[- ]time|auth(?:entication)?|access|login|sms)"
        rf"\s(?:pass)?code)(?:\s?(?:号|號|number|code))?(?:{_IS}"
        rf"|\s{{1,2}})?(?P<what>\d(?:[ \-]?\d){{2,7}})(?!\d)",
        r"\bcode\s(?:is\s)?(?P<what>\d{4,8})(?=[^.!?\n\d]{0,20}\b(?:text(?:ed)?|sms|sent|phone)\b)",
        r"(?:验证码|驗證碼|校验码|动态码|動態碼|动态密码)(?:(?!错误|錯誤|报|報|提示|代码"
        r"|error)[^\d。,;\n]){0,8}"
        r"(?P<what>\d{4,8})(?![\d年月秒次分条位])",
        rf"取件[码碼](?:{_IS}|\s)?(?P<what>\d[\d\-]{{2,12}})(?!\d)",
        r"\bcode\s(?:you|i|they|we|that|just|from)\b[\w ]{1,30}\b(?:is"
        r"|was)\s(?P<what>\d(?:[ \-]?\d){3,7})(?!\d)",
        r"\b(?:recovery|backup) codes?[:\s]{1,2}(?:is |are )?(?P<what>(?=[\w\-]*\d)[\w\-]{6,40})",
        r"(?:\blogin|账号|帳號|user(?:name)?)\s?:\s?[\x21-\x7e]{2,40}\s?[/"
        r"|]\s?(?P<what>(?=[\x21-\x7e]*\d)[\x21-\x7e]{4,40})",
        r"\bmaiden name[: ]{1,2}(?P<what>(?-i:[A-Z][a-z\-]{2,20}))(?!\w)",
        r"(?-i:-----BEGIN [A-Z ]*PRIVATE KEY-----)[\s\S]*?(?:-----END[A-Z ]*-----|$)",
        r"(?:token|api[ _\-]?key|secret(?:\s?key)?|(?:令牌|密钥|密鑰"
        r"|私钥)(?=[\sA-Z0-9]))\s?(?P<what>(?=[\w\-.]*\d)(?=[\w\-.]*[A-Za-z])[\w\-.]{16,})",
        r"\bauthorization:\s*\w+\s+(?P<what>[\w.~+/=\-]{8,})",
        r"(?-i:\bG-\d{6}\b)",
        r"\bbearer\s+(?P<what>(?=[A-Za-z._~+/=\-]*\d|\S{20})[A-Za-z0-9._~+/=\-]{8,})",
        r"(?-i:\beyJ[\w\-]{8,}\.[\w\-]{8,}(?:\.[\w\-]*)?)",
        r"(?-i:\b(?:sk|pk|rk|gh[opsu]|github_pat|glpat|npm|pypi|hf|SG\.|ya29\.|xox[abp]|AKIA"
        r"|ASIA|AIza)[_\-]?[A-Za-z0-9_\-]{16,})",
        r"https?://\S*?/(?P<what>(?=\w*\d)(?=\w*[A-Za-z])\w{24,})(?=[/?#\s]|$)",
        rf"(?:token|api[ _\-]?key|secret(?:\s?key)?|令牌|密钥|密鑰|私钥){_IS}"
        r"(?P<what>(?=[\w\-.]*\d)[\w\-.]{8,})",
        rf"\b(?:session|cookie)(?:\s?id)?(?:{_IS}|\s)(?:\w{{1,12}}=)?(?P<what>"
        rf"(?=[a-z]*\d)[\w\-]{{12,}})",
        cues=(
            *(
                "://",
                "=",
                "pass",
                "-u",
                "login",
                "号",
                "號",
                "pw",
                "码",
                "碼",
                "answer",
                "maiden",
                "密保",
                "答案",
                "ak",
                "app",
                "client",
                "口令",
                "otp",
                "pin",
                "cv",
                "code",
                "bearer",
                "authorization",
                "g-",
                "eyj",
                "sk",
                "pk",
                "rk",
            ),
            *(
                "ghp",
                "gho",
                "github",
                "xox",
                "akia",
                "aiza",
                "token",
                "key",
                "secret",
                "令牌",
                "session",
                "cookie",
                "glpat",
                "npm",
                "pypi",
                "hf_",
                "ghs",
                "ghu",
                "sg.",
                "ya29",
                "asia",
                "begin",
                "钥",
                "鑰",
            ),
        ),
    )
]
