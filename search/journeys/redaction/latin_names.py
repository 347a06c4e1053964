"""Names of people in Latin letters, where a cue says that one follows: "my name is Ann Lee"."""

from __future__ import annotations

from .chinese_names import ROLES
from .given_names import GIVEN, SURE
from .rules import rules

_WORD = r"(?-i:[A-ZÀ-ÖØ-Þ][a-zA-ZÀ-ÿ'’\-]+)"
_PARTICLE = r"(?:\s(?:de|del|dos|da|van|von|der|den|bin|bint|al|el|la|le|di|y)){0,2}"
_INITIAL = r"(?-i:[A-Z]\b\.?)"
_FULL = (
    rf"(?:(?:{_INITIAL}\s?){{0,2}}{_WORD}(?:{_PARTICLE}\s(?:{_WORD}|{_INITIAL})){{1,3}}"
    r"|(?-i:(?:[A-Z]\. ?){1,2})"
    rf"{_WORD})"
)
_TITLE = r"(?:Mr\.? (?:and|&) Mrs|Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Madam)\.?\s"
_NO_WORD = (
    r"(?!(?:wrong|misspelled|misspelt|missspelled|spelled|spelt|not|on|in|incorrect|different"
    r"|missing|changed|too|the|still|no|also|shown|showing|displayed|already|what|how|why|where"
    r"|when|your|my|our|and|is|are|was|very|chinese|english|premium|pro|new|required|invalid|taken"
    r"|never|correct|being|cut|printed|registered|longer|just|so|a|an|i"
    r"|locked|logged|really|extremely|totally|absolutely|quite|completely|super|pretty|tired"
    r"|angry|upset"
    r"|happy|unhappy|frustrated|looking|signed|blocked|shocked|confused|disappointed|sorry|unable"
    r"|please|all|back|out|(?-i:[A-Z][a-z]+ing))\b)"
)
#: Whom a salutation names that is no person, and makers whose names begin like one.
_NOBODY = (
    r"(?!(?:customers?|sirs?|madam|team|support|service|all|friends?|everyone|everybody|seller"
    r"|staff|admin|managers?|colleagues?|agents?|help|bot|there|guys|folks|concern|member|valued"
    r"|user|god|lord|company|shop|store|bank|whom|mr|mrs|ms|dr|both|siri|alexa|google|chatgpt"
    r"|world|again|kitty|anyone|anybody|someone|newbie|first|what|nothing)\b)"
)
_MAKERS = (
    r"(?!(?-i:Dr|Mr|Mrs)\.?\s(?-i:Martens?|Pepper|Oetker|Bronner|Scholl|Dre|Muscle|Clean"
    r"|Coffee|Meyer's|Beast|Robot|Bean|Kipling|Jart)\b)"
)
#: A given name that is known, with what follows it in capitals.
_KNOWN = rf"{GIVEN}(?:\s(?:{_WORD}|{_INITIAL})){{0,2}}(?![\w'’\-])"
_NAME = rf"(?:{_TITLE})?{_NO_WORD}(?:{_FULL}|{_WORD})"
_FULL_NAME = rf"(?:{_TITLE})?{_NO_WORD}{_FULL}"
_LOWER = (
    r"[a-zà-ÿ]+(?:\s(?!and|i|but|my|from|with|on|in|is|the|to|for|can|please"
    r"|who|so|because|field|column|here)[a-zà-ÿ]+)?"
)
_CLOSINGS = (
    "thanks(?: a lot| so much)?|many thanks|thank you|thx|(?:best |kind |warm )?regards|sincerely"
    "|faithfully|truly|cheers|best|best wishes|all the best|warmly|love|yours|respectfully|rgds"
    "|br|warm wishes|with thanks|take care|ta"
)
_LABELS = (
    "full name|name|attn|attention|recipient|contact(?: person| name)?|cardholder(?: name)?"
    "|account holder|sender|addressee|patient|guest|tenant|employee|beneficiary|payee|applicant"
    "|policyholder|insured|owner|student|surname|customer(?: name)?|passenger(?: name)?|signed"
    "|nominee|consignee|ship to|bill to|deliver to|emergency contact|traveller|traveler|client|user"
)
_KIN = (
    "husband|wife|son|daughter|mother|father|mom|mum|dad|brother|sister|partner|friend|boss"
    "|colleague|roommate|flatmate|assistant|fianc[eé]e?|neighbou?r|grandmother|grandfather|uncle"
    "|aunt"
)

RULES = [
    *rules(
        "⟨name⟩",
        rf"\bmy (?:\w+'s )?(?:full |first |last |legal |maiden |middle |real )?name(?:'s| is| was"
        rf"|:)"
        rf"\s{{1,2}}(?P<what>(?:{_TITLE})?{_NO_WORD}(?:{_FULL}|{_WORD}|{_LOWER}))(?![\w])",
        rf"\bname is\s(?P<what>{_FULL_NAME})(?![\w])",
        rf"\b(?:i am called|i'm called|they call me|people call me|call me"
        rf"|i go by)\s(?P<what>{_NAME})",
        rf"\b(?:{_LABELS}|{_CLOSINGS})\s?[:,=\-]\s{{0,2}}"
        rf"(?P<what>{_FULL_NAME}|{_NO_WORD}{_NOBODY}{_WORD}(?=\s*(?:$|[,.;\n])))(?![\w])",
        rf"\b(?:{_CLOSINGS})[,.!]?\s?\n\s*(?P<what>{_FULL}|{_WORD})(?=\s*$)",
        rf"\b(?:full |first |last |family |given |sur)name(?:\s?:|'s| is"
        rf"| was)?\s(?P<what>{_NO_WORD}{_WORD}|{_FULL})(?![\w])",
        rf"(?<![\w\-_.])name:\s?(?P<what>{_NO_WORD}(?!required|optional"
        rf"|field)[a-zà-ÿ]{{2,}} [a-zà-ÿ]{{2,}})(?=\s*(?:$|[,;.]))",
        rf"\b(?:booked|bought|made|taken|collected|received|accepted|handled|sent|ordered|signed"
        rf"|paid|written|placed|submitted|purchased|reported"
        rf"|requested|registered|issued|sold)"
        rf" (?:by|to|for|under|from)\s(?P<what>{_FULL_NAME})(?![\w])",
        rf"(?:^|\n)\s?name\s(?P<what>{_FULL_NAME})(?=\s*(?:$|[,;\n]))",
        rf"\bon behalf of (?P<what>{_FULL_NAME})(?![\w])",
        r"(?<![\w/])(?P<what>(?-i:[A-Z]{2,}/[A-Z]{2,}(?: [A-Z]+)?(?: (?:MR|MS|MRS|MSTR"
        r"|MISS))?))(?= ?$|[,.;])(?<=[A-Z]{2})",
        rf"\b(?:under|in) (?:the |my )?name(?: of)?:?\s(?P<what>{_FULL_NAME})(?![\w])",
        rf"\b(?:i am|i'm|im|this is|it's|here is|here's|name's)\s(?P<what>{_TITLE}(?:{_FULL}"
        rf"|{_WORD})"
        rf"|{_NO_WORD}{_FULL}(?=\s*(?:$|[,.;!(]|(?:and|from|here|speaking|with|calling|at|of"
        rf"|your)\b))"
        rf"|{_NO_WORD}{_WORD}(?=\s(?:speaking|here|calling)\b))",
        rf"(?:^|[,.!]\s)(?P<what>{_NO_WORD}{_NOBODY}(?:{_FULL}|{_WORD}))(?=,? (?:here|speaking)\b)",
        rf"(?:姓名|名字|拼音|英文名|中文名)[^A-Za-z。\n]{{0,10}}(?P<what>{_FULL})(?![\w])",
        # Cues so sure that nothing need stand between, before two words of a name.
        rf"\b(?:cardholder(?:'s)?(?: name)?|account holder(?:'s)?(?: name)?|contact (?:person|name)"
        rf"|recipient|customer name|passenger(?: name)?"
        rf"|name (?:on|for) (?:the |my |this )?(?:card|account|order|booking|policy|reservation"
        rf"|ticket)"
        rf"|(?:yours )?sincerely|(?:best |kind |warm )?regards|yours (?:truly|faithfully))"
        rf"(?:\s?(?::|-|is|was)\s|\s){{1,2}}(?P<what>{_FULL_NAME})(?![\w])",
        rf"\b{_MAKERS}(?P<what>(?-i:(?:Mr\.? (?:and|&) )?Mrs|Mr|Ms|Miss|Dr|Prof)\.?\s(?:{_FULL}"
        rf"|{_WORD}))",
        rf"\b(?:i am|i'm|im|this is|my name is)\s(?P<what>{SURE} [a-z]{{3,15}})(?=\s*(?:$|[,.;!]"
        rf"|(?:from|here|speaking)\b))",
        rf"\b(?:it's|it is)\s(?P<what>(?={SURE}\b){_KNOWN})",
        rf"\b(?:i am|i'm|i’m|im|this is|my name'?s|name's|names|name is|我是|我叫"
        rf"|我係)\s?(?P<what>{_KNOWN})",
        rf"(?:\bfrom|\bto|{ROLES})\s?:\s?(?P<what>{_NOBODY}(?:(?:{_TITLE})?{_FULL}"
        rf"|{_KNOWN}))(?![\w])",
        rf"\b(?:agent|rep|representative|employee|advis[eo]r|driver|courier|technician|doctor"
        rf"|nurse|lawyer)"
        rf"(?: named| called| is)?\s(?P<what>{_KNOWN}|{_NO_WORD}{_FULL}(?=\s(?:was|is|who|told"
        rf"|said|at|from)\b))",
        rf"\b(?:named|called)\s(?P<what>{_KNOWN})",
        rf"{ROLES}(?:\s{{0,2}}(?:是|为|為|係|:|叫|=)\s{{0,2}}|\s{{1,2}})(?P<what>{_FULL})(?![\w])",
        rf"(?:我叫|我是|名叫|名字[叫是])\s?(?P<what>{_FULL}|(?-i:[A-Z][a-z]+)(?=$"
        rf"|[,，。]))(?![\w])",
        rf"\b(?:ship|deliver|addressed|post|mail|send) (?:it |this "
        rf"|them )?to\s(?P<what>(?:{_TITLE})?{GIVEN}\s{_WORD})(?![\w])",
        rf"(?:^|\n)\s?[\-–—~]{{1,2}}\s?(?P<what>{_KNOWN})\s*$",
        rf"(?:\n\s?-|(?:^|\s)--)\s{{0,2}}(?P<what>{_FULL})\s*$",
        cues=(
            "name|call|agent|rep|advis|driver|courier|technician|doctor|nurse|lawyer|from|to:"
            "|it is|attn|attention|recipient|contact|holder|customer|passenger|sender|addressee"
            "|patient|guest|tenant|employee|beneficiary|payee|applicant|insured|owner|student"
            "|thank|signed|regards|rgds|sincerely|faithfully|truly|best|thx|cheers|love|yours"
            "|warmly|br|wishes|care"
            "|respectfully|i am|i'm|im |this is|it's|here|mr|ms|miss|dr|prof|speaking|i go by|-"
            "|nominee|consignee|ship to|bill to|deliver to|traveller|traveler|client|user|by"
            "|under|behalf|ordered|sold| mr|/|ship|deliver|post|mail|send"
            "|名|人|主|客|我是|我叫|者|乘|患|学|员|员工|用户"
        ).split("|"),
    ),
    *rules(
        "⟨name⟩",
        rf"\b(?:spoke|talked|spoken|speaking|chatted|speak|talk) (?:to|with)\s"
        rf"(?P<what>{_NOBODY}{_NAME})(?![\w])",
        rf"\b(?:call|phone|ring|contact|ask for|tell|inform|notify|remind|meet|met|parcel is for"
        rf"|order is for)\s"
        rf"(?P<what>{_NOBODY}{_FULL_NAME})(?![\w])(?<!Support)(?<!Service)(?<!Center)(?<!Centre)"
        rf"(?<!Bank)(?<!Team)(?<!Desk)",
        rf"\bmy (?:{_KIN})(?:,| is| called| named|'s name is)?\s(?P<what>{_FULL_NAME}"
        rf"|{_KNOWN})(?![\w])",
        rf"\bmy (?:{_KIN}) (?:(?:is )?(?:called|named)|'s name is)\s(?P<what>{_NAME})(?![\w])",
        cues=(
            "call|phone|ring|contact|ask for|tell|inform|notify|remind|meet|met|is for|spoke|talk"
            "|speak|chatted|husband|wife|son |daughter|mother|father|my mom|my mum|my dad"
            "|brother|sister|partner|friend|boss|colleague|roommate|flatmate|assistant|fianc"
            "|neighbo|uncle|aunt"
        ).split("|"),
    ),
    *rules(
        "⟨name⟩",
        rf"\b(?-i:[Dd]ear|DEAR|[Hh]i|[Hh]ello|[Hh]ey|[Gg]ood (?:[Mm]orning|[Aa]fternoon"
        rf"|[Ee]vening)|[Gg]reetings|致|亲爱的|尊敬的),?\s?(?P<what>"
        rf"(?:{_TITLE})?{_NO_WORD}{_NOBODY}"
        rf"(?:{_FULL}|{_WORD}))(?=\s?[,!:;.\n])",
        rf"\b(?:dear|hi|hello|hey|good (?:morning|afternoon|evening)|greetings|thanks|thank you"
        rf"|cheers)[,!]?\s(?P<what>{_KNOWN})",
        cues=(
            "dear ",
            "hi ",
            "hello ",
            "hey ",
            "hi,",
            "hello,",
            "hey,",
            "thank",
            "cheers",
            "good ",
            "greetings",
            "致",
            "的",
        ),
    ),
]
