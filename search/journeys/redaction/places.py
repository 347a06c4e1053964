"""Where somebody lives: Chinese and English addresses, and postcodes."""

from __future__ import annotations

from .rules import DIGITS, rules

_H = "\u4e00-\u9fff"
_UNIT = "省|自治区|自治區|特别行政区|市|区|區|县|縣|镇|鎮|乡|鄉|街道|新区|新界|九龍|九龙"
_ROAD = "路|街|道|巷|弄|胡同|大街|大道|里|村|段|路口|條|条"
_NUMBER = r"(?:\d{1,5}|[一二三四五六七八九十百零〇]{1,5})"
_HOUSE = rf"{_NUMBER}(?:[\-之]\d{{1,4}})?\s?(?:号楼|號樓|号|號|弄)"
_ESTATE = (
    "小区|小區|花园|花園|公寓|新村|家园|家園|苑|大厦|大廈|大楼|大樓|广场|廣場|社区|社區|别墅"
    "|宿舍|村|城|园|府|邨|中心|庄|莊"
)
_INSIDE = (
    rf"(?:\s?(?:[{_H}A-Za-z]{{1,12}}?(?:{_ESTATE})|{_NUMBER}\s?(?:号楼|號樓|栋|棟|幢|座|楼|樓|层"
    rf"|層|单元|單元|室|号|號|房|户|组|F)"
    rf"|[A-Z]\s?(?:座|栋|棟|室|单元)|[A-Z]?\d{{2,4}}(?:室|房)?(?![\d{_H}A-Za-z])"
    rf"|之\d{{1,3}})){{0,7}}"
)
_CUE = (
    "(?:(?:我的?|收货|收貨|收件|家庭|邮寄|寄送|配送|公司|新)*(?:地址|住址)(?:改成|改为|改到|是|为"
    "|為|:|\\s)*"
    "|我?(?:家)?住(?:在|址)?|寄(?:到|往|去|给)|送(?:到|至|去)|发(?:到|往)|改(?:到|成|为)|位于|搬到"
    "|在)?"
)
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM"
    "|NY|NC|ND|OH|OK|OR|PA|RI|SC"
    "|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|PR|GU|VI|AS|MP|FM|MH|PW|AA|AE|AP"
)
_POSTCODE = r"(?:GIR ?0AA|[A-CEGHJ-NPR-TVXY]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})"
_STREET = (
    "street|st|road|rd|avenue|ave|lane|ln|boulevard|blvd|terrace|crescent|parkway|pkwy|highway|hwy"
    "|court|ct|place|pl|drive|dr"
    "|way|close|square|sq|gardens|grove|mews|hill|row|walk|circle|cir|trail|alley|quay|green|park"
    "|loop|plaza|broadway"
)
_CAPITAL = r"(?-i:[A-Z0-9])[\w'’.\-]{0,30}"
_PLAIN = (
    r"(?!(?:the|a|an|on|of|in|to|at|for|and|my|your|units?|items?|minutes?|days?|hours?|weeks?"
    r"|months?|people|orders?|more|times?"
    r"|miles?|km|percent|one|two|users?)\b)[a-z][a-z'’]+"
)
_FLAT = (
    r"(?:(?:(?:flat|apt|apartment|unit|suite|room|rm|floor|block|blk|house|tower|building|bldg"
    r"|villa|no\.?"
    r"|level)\.?\s#?[A-Z]?\d{0,4}[A-Z]?"
    r"|\d{1,3}(?:st|nd|rd|th|/f)?\s?(?:floor|f)?"
    r"|(?-i:(?:[A-Z][a-z'’]+\s){1,3}(?:Court|House|Tower|Building|Mansions?|Centre|Center|Plaza"
    r"|Block|Estate)))"
    r",?\s){0,4}"
)
_COUNTRY = (
    r"(?-i:USA|U\.S\.A\.|UK|U\.K\.|United (?:States|Kingdom)|Australia|Canada|New Zealand|Ireland"
    r"|India|Singapore|Hong Kong|China|Taiwan|Germany|France)"
)
#: Ends of American street names that are words of other things too.
_RARE = (
    "alley|annex|bayou|bend|bluffs?|bottom|branch|bridge|brooks?|burgs?|bypass|camp|canyon|cape"
    "|causeway|centers?|circles?|cliffs?|club|common|corners?|course|courts|cove|creek|crest"
    "|crossing"
    "|crossroad|curve|dale|dam|divide|drives|estates?|expressway|extensions?|falls?|ferry|fields?"
    "|flats?|fords?|forest|forges?|forks?|fort|freeway|garden|gateway|glens?|greens|harbou?rs?"
    "|haven"
    "|heights|hills|hollow|inlet|islands?|isle|junctions?|keys?|knolls?|lakes?|land|landing|lights?"
    "|loaf|locks?|lodge|mall|manors?|meadows?|mew|mill|mission|motorway|mount|mountains?|neck"
    "|orchard"
    "|outlook|oval|overpass|parks|parkways|pass|passage|path|pike|pines?|plains?|points?|ports?"
    "|prairie|ramp|ranch|rapids?|rest|ridge|river|roads|route|rue|run|shoals?|shores?|skyway"
    "|springs?"
    "|spurs?|squares|station|stravenue|stream|streets|summit|throughway|trace|track|trafficway"
    "|tunnel|turnpike|underpass|unions?|valleys?|via|viaduct|views?|villages?|ville|vista|walks"
    "|wall"
    "|ways|wells?|chase|grange|top|rise|heath|reach|wharf|wynd|vale|esplanade|parade|promenade"
)
_APARTMENT = r"(?:flat|apt|apartment|suite|ste|#)\.?\s?#?\w{1,6}"
_TAIL = (
    rf"(?:,?\s(?-i:N|S|E|W|NE|NW|SE|SW)\b)?(?:,?\s(?:flat|apt|apartment|unit|suite|room|floor"
    rf"|#)\.?\s?#?\w{{1,5}})?"
    rf"(?:,?\s(?-i:[A-Z])[A-Za-z'’.\-]+(?![\w'’.\-])){{0,4}}(?:,?\s(?-i:{_STATES}))?(?:,?\s"
    rf"(?:\d{{5}}(?:-\d{{4}})?|(?:(?-i:NSW|VIC|QLD|WA|SA|TAS|ACT|NT)\s)?\d{{4,6}}(?!\d)"
    rf"|{_POSTCODE}))?(?:,?\s{_COUNTRY}\b)?"
)

#: A postcode before a city, as on the Continent.
_CITY = r"(?:,?\s(?:[A-Z]{1,2}-)?\d{4,5}\s(?-i:[A-ZÄÖÜÉ])[A-Za-zÀ-ÿ\-]+)?"

#: A word or number of an address that is written after a cue.
_PART = r"(?-i:[A-Z0-9#][\w'’./\-]{0,30})"
#: What an address in English has somewhere.
_PLACES = (
    r"[^\n;!?]{0,120}\b(?:gardens?|district|road|rd|street|st|building|tower|house|estate|court"
    r"|avenue"
    r"|ave|lane|apartments?|mansions?|plaza|centre|nagar|sector|colony|city|town|hong kong|kowloon"
    r"|marg|society|village|\d{6})\b"
)
#: A few words with capitals.
_PHRASE = rf"{_CAPITAL}(?:\s(?:of|the|and|&|{_CAPITAL})){{0,4}}"

RULES = [
    *rules(
        "⟨address⟩",
        # A road and a house number, with what stands before and behind.
        rf"{_CUE}(?P<what>(?:[{_H}]{{2,8}}?(?:{_UNIT})\s?){{0,5}}(?:[{_H}A-Za-z]{{1,4}}\d{{0,2}}"
        rf"|[{_H}]{{1,10}}?)(?:{_ROAD})"
        rf"(?:[东西南北中東]"
        rf"|[一二三四五六七八九十\d]{{1,3}}段)?\s?(?:\d{{1,5}}巷)?"
        rf"(?:\d{{1,5}}弄)?{_HOUSE}{_INSIDE})",
        # A building with a number of a house, a staircase or a flat.
        rf"{_CUE}(?P<what>(?:[{_H}]{{2,8}}?(?:{_UNIT})\s?){{0,5}}[{_H}]{{2,10}}?(?:{_ESTATE})\s?"
        rf"(?:[A-Z东西南北]?区)?\s?"
        rf"[A-Z]?\d{{1,4}}\s?(?:号楼|號樓|栋|棟|幢|座|单元|單元|号|號|组|期|-\d){_INSIDE})",
        # What is called an address, if it reads like one.
        rf"(?:地址|住址)(?:改成|改为|是|为|為|:"
        rf"|\s){{1,2}}(?P<what>(?=[^，。,;\n]{{0,40}}(?:[省市区區县縣镇鎮]"
        rf"|[路街村][^，。,;\n]*\d))"
        rf"[{_H}A-Za-z0-9\- ]{{6,60}})",
        rf"(?P<what>(?:[{_H}]{{2,8}}?(?:省|自治区|市)){{1,2}}[{_H}]{{2,6}}?(?:区|區|县|縣"
        rf"|市)[{_H}]{{2,10}}?(?:街道|镇|鎮|乡|鄉)[{_H}]{{2,8}}?村)",
        # A building by its letter, and a postcode behind.
        rf"{_CUE}(?P<what>(?:[{_H}]{{2,8}}?(?:{_UNIT})\s?){{1,5}}[{_H}]{{1,10}}?(?:{_ROAD})\s?"
        rf"[A-Z]\s?(?:座|栋|棟|幢){_INSIDE}(?:\s?\d{{5,6}}(?!\d))?)",
        # No road, but a district, and a door.
        rf"{_CUE}(?P<what>(?:[{_H}]{{2,6}}?(?:省|市|自治区))?[{_H}]{{2,6}}?(?:区|區|县|縣|镇|鎮"
        rf"|街道)(?:(?![有在没的哪吗可能])[{_H}A-Za-z0-9\- ]){{2,20}}?"
        rf"(?:{_NUMBER}|(?-i:[A-Z]))\s?(?:号楼|號樓|栋|棟|幢|座|室|层|層|单元|單元|号|號|楼"
        rf"|樓)(?![{_H}]{{0,1}}[线線店])[A-Z]?\d{{0,4}}{_INSIDE})",
        r"(?:邮编|郵編|邮政编码|郵遞區號|zip(?: ?code)?|postal code|postcode"
        r"|post code)(?:\s{0,2}(?:is|是|为|:)){0,2}\s{0,2}"
        rf"(?P<what>\d{{5,6}}(?:-\d{{4}})?|{_POSTCODE})(?![\w])",
        cues=(
            "号",
            "號",
            "弄",
            "栋",
            "棟",
            "幢",
            "座",
            "单元",
            "單元",
            "址",
            "村",
            "编",
            "編",
            "遞",
            "zip",
            "post",
        ),
    ),
    *rules(
        "⟨address⟩",
        rf"\b{_FLAT}\d{{1,5}}(?:-\d{{1,4}})?(?-i:[A-Za-z])?,?\s(?:{_CAPITAL}\s){{1,4}}"
        rf"(?:{_STREET})\b\.?{_TAIL}",
        # With a flat, or a state and its code, the name of a street may end in anything.
        rf"\b{_FLAT}\d{{1,5}}(?-i:[A-Za-z])?,?\s(?:{_CAPITAL}\s){{0,3}}(?:{_CAPITAL})"
        rf"(?:,?\s{_APARTMENT})?(?:,\s{_CAPITAL}(?:\s{_CAPITAL}){{0,3}}){{0,2}},?\s(?-i:{_STATES}"
        rf"|NSW|VIC|QLD|WA|SA|TAS|ACT|NT),?\s\d{{4,5}}(?!\d)(?:-\d{{4}})?(?:,?\s{_COUNTRY}\b)?",
        r"\b(?:PSC|CMR|Unit|USNS|USS|USCGC|USNV)\s[\w ]{1,14},?\s?(?:Box\s\d{1,5},?\s)?"
        r"(?-i:[AFD]PO),?\s(?-i:AA|AE|AP),?\s\d{5}\b",
        rf"\b\d{{1,5}}\s(?:{_CAPITAL}\s){{1,3}}{_APARTMENT}{_TAIL}",
        rf"\b{_FLAT}\d{{1,5}}(?-i:[A-Za-z])?,?\s(?:(?-i:[A-Z])[\w'’.\-]*\s){{1,3}}(?-i:(?=[A-Z]))"
        rf"(?:{_RARE})(?:(?=,?\s(?:instead|is|but|thanks|please)\b)|,\s(?-i:[A-Z]){_TAIL})",
        rf"^(?!360|720|1080|2160)\d{{3,5}}\s(?:(?-i:[A-Z])[a-z'’]+\s){{1,2}}(?-i:(?=[A-Z]))"
        rf"(?:{_RARE})$",
        # A flat or a house with two places behind it, or with a code of India's.
        rf"\b(?:flat|apt|apartment|unit|suite|room|rm|block|blk|house|villa|plot"
        rf"|door)\b(?={_PLACES})\.?\s(?:no\.?\s?)?#?"
        rf"(?=[A-Z]?[\d\-]*\d|[A-Z]\b)[A-Z]?[\d\-]{{0,5}}[A-Z]?(?:,\s?{_PHRASE}){{2,6}}{_TAIL}"
        rf"(?:[ \-–]{{1,3}}\d{{6}}(?!\d))?",
        # A house by its name, in Britain; the street first, on the Continent.
        rf"(?<![\w,] )(?<!\w)(?:{_PHRASE},\s){{1,5}}(?:{_PHRASE}\s)?"
        rf"(?-i:[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}})\b",
        r"(?-i:(?<!\w)[A-ZÀ-Þ][\w’'À-ÿ.\-]+(?:\s[\w’'À-ÿ.\-]+){0,3}),?\s\d{1,4}[a-z]?,\s"
        r"(?:[A-Z]{1,2}-)?\d{4,5}\s(?-i:[A-ZÀ-Þ])[\w'À-ÿ\-]+",
        rf"\b(?-i:[A-Z])?[\-/ ]?\d{{1,4}}(?-i:[A-Z])?(?:,\s?{_PHRASE}){{1,5}}[,\-–\s]{{1,3}}\d{{3"
        rf"}} ?\d{{3}}(?!\d)",
        rf"\b{_FLAT}\d{{1,5}}[a-z]?\s(?:{_PLAIN}\s){{1,2}}(?:street|st|road|rd|avenue|ave|lane"
        rf"|boulevard|blvd|terrace|crescent|drive)\b\.?{_TAIL}",
        rf"\b\d{{1,5}}\s(?:broadway|(?-i:[A-Z])[a-z]{{2,}}(?:way|gate|straat|laan|gracht"
        rf"|side))\b{_TAIL}",
        # What is called an address, or is on a floor.
        rf"(?:\b(?:ship|send|deliver|mail|post|move|return|sent|delivered|moved|shipped)(?: (?:it"
        rf"|them|this"
        rf"|that|my \w+|everything))? to|address(?: is|:| to)?|\blives? at|\bliving at"
        rf"|located at)(?::| is)?\s"
        rf"(?P<what>(?=[^\n;!?]{{0,60}}\d)(?:{_PART}[, ]{{1,2}}){{2,14}}{_PART})",
        rf"\b(?:{_PART}[, ]{{1,2}}){{0,6}}\d{{1,3}}/F(?:[, ]{{1,2}}{_PART}){{1,10}}",
        r"\b\d{1,4}(?: ?(?:bis|ter))?,?\s(?:rue|avenue|boulevard|place|chemin|all[eé]e|quai"
        r"|impasse)\s"
        rf"[A-Za-zÀ-ÿ'’\- ]{{3,30}}{_CITY}",
        rf"\b(?-i:[A-ZÄÖÜ])[a-zäöüß\-]{{2,25}}[ \-]?(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse"
        rf"|ufer"
        rf"|ring)\s\d{{1,4}}"
        rf"\s?[a-z]?\b{_CITY}",
        rf"\bp\.?\s?o\.?\s?box\s\d{{1,7}}{_TAIL}",
        rf"(?-i:\b(?:{_STATES})),?\s\d{{5}}(?:-\d{{4}})?\b",
        r"(?-i:\b(?:GIR 0AA|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b)",
        cues=DIGITS,
    ),
]
