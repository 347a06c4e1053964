"""Passwords, codes, tokens and keys."""

from __future__ import annotations

from .rules import rules

_IS = r"\s{0,2}(?:(?:is|was|are|就?是|[设設改]?[为為成]|[设設]置[为為]|:|=)\s{0,2}){1,2}"
_NOT_SAID = (
    r"(?!(?:wrong|incorrect|invalid|expired|reset|not|correct|right|what|how|why|the|change|changed"
    r"|forgot|forgotten|too|weak|required|empty|missing|lost|still|always|never)\b)"
)
_QUOTES = "[\"'“”‘’「」]?"

RULES = [
    *rules(
        "⟨secret⟩",
        r"(?<=://)[^\s/?#@]+(?=@)",
        r"(?<=[?&#;])(?:[\w.\-]*(?:token|secret|passw(?:or)?d|passwd|api[_\-]?key|signature"
        r"|session|credential|jwt)[\w.\-]*|pwd|sig|key|auth|code|sid|otp|ticket|state)="
        r"(?P<what>[^\s&#;]+)",
        r"\b(?:password|passwd|pwd|secret|token|api[_\-]?key)\s*=\s*(?P<what>[\x21-\x7e]{4,})",
        # A word with a digit or a sign in it is a password; after a Chinese cue any Latin word.
        rf"(?:pass(?:word|code|phrase|wd)?|pwd|pw){_IS}{_QUOTES}{_NOT_SAID}"
        r"(?P<what>(?=[\x21-\x7e]*[\d!@#$%^&*_+=~])[\x21-\x7e]{4,})",
        rf"(?:password|passcode|passphrase"
        rf"|pwd)\s?[:=]\s?{_QUOTES}{_NOT_SAID}(?P<what>[\x21-\x7e]{{4,}})",
        rf"(?:密码|密碼|口令){_IS}{_QUOTES}(?P<what>[\x21-\x7e]{{4,}})",
        r"(?:密码|密碼|口令|password|passcode|pwd)\s{0,2}"
        r"(?P<what>(?=[A-Za-z!@#$%^&*_+=~]*\d)[A-Za-z0-9!@#$%^&*_+=~]{4,})",
        # Codes that are sent, and card security codes.
        r"(?:验证码|驗證碼|校验码|動態碼|动态码|动态密码|短信码|簡訊碼|登录码|确认码|確認碼"
        r"|激活码|取件码|取件碼|安全码|安全碼"
        r"|\botp|\bpin(?:\s?(?:code|number|码|碼))?|\bcvv2?|\bcvc2?"
        r"|(?:verification|security|2fa|mfa|two-factor|authenticator|activation|confirmation"
        r"|one[- ]time|auth(?:entication)?|access|login|sms)"
        rf"\s(?:pass)?code)(?:\s?(?:号|號|number|code))?(?:{_IS}"
        rf"|\s{{1,2}})?(?P<what>\d{{3,8}})(?!\d)",
        rf"取件[码碼](?:{_IS}|\s)?(?P<what>\d[\d\-]{{2,12}})(?!\d)",
        r"\bcode\s(?:you|i|they|we|that|just|from)\b[\w ]{1,30}\b(?:is"
        r"|was)\s(?P<what>\d{4,8})(?!\d)",
        r"(?-i:-----BEGIN [A-Z ]*PRIVATE KEY-----)[\s\S]*?(?:-----END[A-Z ]*-----|$)",
        r"(?:token|api[ _\-]?key|secret(?:\s?key)?|令牌|密钥|密鑰"
        r"|私钥)\s(?P<what>(?=[\w\-.]*\d)(?=[\w\-.]*[A-Za-z])[\w\-.]{16,})",
        r"\bauthorization:\s*\w+\s+(?P<what>[\w.~+/=\-]{8,})",
        r"(?-i:\bG-\d{6}\b)",
        r"\bbearer\s+(?P<what>[A-Za-z0-9._~+/=\-]{8,})",
        r"(?-i:\beyJ[\w\-]{8,}\.[\w\-]{8,}(?:\.[\w\-]*)?)",
        r"(?-i:\b(?:sk|pk|rk|gh[opsu]|github_pat|glpat|npm|pypi|hf|SG\.|ya29\.|xox[abp]|AKIA"
        r"|ASIA|AIza)[_\-]?[A-Za-z0-9_\-]{16,})",
        r"https?://\S*?/(?P<what>(?=\w*\d)(?=\w*[A-Za-z])\w{24,})(?=[/?#\s]|$)",
        rf"(?:token|api[ _\-]?key|secret(?:\s?key)?|令牌|密钥|密鑰|私钥){_IS}"
        r"(?P<what>(?=[\w\-.]*\d)[\w\-.]{8,})",
        rf"\b(?:session|cookie)(?:\s?id)?(?:{_IS}|\s)(?P<what>(?=[a-z]*\d)[\w\-]{{12,}})",
        cues=(
            *(
                "://",
                "=",
                "pass",
                "pw",
                "码",
                "碼",
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
