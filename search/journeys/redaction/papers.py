"""Numbers of identity cards, passports and other papers; of insurances, taxes, schools, doctors."""

from __future__ import annotations

from .checksums import (
    is_identity_15,
    is_singaporean_identity,
    is_taiwanese_identity,
    reads_as_identity_18,
)
from .links import IS, near
from .rules import DIGITS, rules

# Many Chinese papers end in 证; words that end so and are none are left out.
_CHINESE = (
    "(?<![验驗保凭憑认認论論查佐印])[证證][件明]?|护照|護照|执照|執照|驾照|駕照|社保|社会保[险障]"
    "|社會保[險障]"
    "|医保|醫保|健保|勞保|公积金|公積金|养老保险|纳税人?识别|納稅人?識別|税务登记|稅務登記"
    "|(?:社会|社會)信用(?:代[码碼])?|税[号號]|稅[号號籍]|統一編號|統編|统一编号|学籍|學籍|考生"
    "|(?:学|學|工|员工|員工|职工|職工|考)[号號]|病[历歷]|就[诊診]|[门門][诊診]|住院|档案|檔案"
    "|军官|軍官"
    "|户口[簿本]|统一证"
)
_ENGLISH = (
    r"passport|hkid|identity (?:card|number|document)|\bid card|national id|\bid (?:number|no\b)"
    r"|driv(?:er'?s?|ing) licen[cs]e|driver id|\bssn|\bsin\b|social (?:security|insurance)|\bnino\b"
    r"|\bni(?= n)|national insurance|nric|\bfin\b|tax(?:payer)? (?:id|number|no\b|file|payer"
    r"|reference)"
    r"|taxpayer|\btfn\b|\butr\b|\bi?tin\b|\bein\b|employer id|\bvat\b|\bgst(?:in)?\b|\babn\b"
    r"|steuer-?(?:id|nummer)"
    r"|aadhaa?r|state id|resident card|\bird(?= n|:)|\bpps(?= n|:)|emirates id|\bnhs|medicare"
    r"|medicaid|\bmrn\b|medical record|health (?:card|insurance)"
    r"|insurance (?:id|card|member)|patient (?:id|number)|(?:employee|staff|student) (?:id|number"
    r"|no\b|card)"
    r"|\bcpf\b|\bcurp\b|\bdni\b|\bnie\b|\bbsn\b|pesel|pan (?:card|number)|\bpan(?= [A-Z]{5}\d)"
    r"|travel document"
    r"|residence permit"
    r"|(?:work|exit-entry|entry) permit|\bvisa (?:number|no)|green card|alien (?:registration"
    r"|number)"
    r"|codice fiscale|reisepass|personalausweis|sozialversicherungs(?:nummer|nr)|passeport"
    r"|pasaporte"
    r"|permit(?= n)|\bdl(?=\s?(?:#|no|number|:))|voter|electoral|\bvin\b|chassis|车架|車架|车身号"
    r"|車身號"
)
_PAPER = rf"(?:{_CHINESE}|{_ENGLISH})"
_NOT_A_DATE = r"(?!(?:19|20)\d\d ?[\-/.年])"
_TOGETHER = r"(?=(?:[A-Z]*\d){5})[A-Z0-9]{6,20}(?:-\d{2,8}){0,3}(?: ?\([0-9A]\))?"
#: With few digits, in capitals.
_SPARSE = r"(?=(?:[A-Z]*\d){3})(?-i:[A-Z0-9]{8,16})"
_IN_GROUPS = (
    r"(?-i:[A-Z]{0,3})[ \-]?\d(?:[ \-./]?\d){4,19}(?:[ \-]?(?-i:[A-Z])(?![A-Za-z]))?"
    r"(?: ?\([0-9A]\))?"
    r"|(?=(?:[A-Z \-]*\d){4})(?-i:[A-Z0-9]{2,6}(?:[ \-][A-Z0-9]{1,6}){1,6})"
)
_END = "(?![A-Z0-9])"

#: What every text with a label has, in lower case.
_CUES = (
    "证|證|照|社保|保险|保障|保險|医保|醫保|健保|勞保|公积金|公積金|识别|識別|税|稅|信用|編號|统"
    "|統|学|學|考|工"
    "|病|诊|診|院|档|檔|军|軍|户|passport|hkid|ident| id|id |id:|national|driv|ssn|sin |sin:"
    "|social|nino|ni n|ni |insur|nric"
    "|fin |fin:|tax|tfn|utr|tin |tin:|ein |ein:|employ|vat|gst|abn|steuer|aadha|state|resident"
    "|ird |pps |ird:|pps:|emirates|nhs"
    "|medic|mrn"
    "|health|patient|staff|student|cpf|curp|dni|nie |bsn|pesel|pan |travel|permit|visa|green card"
    "|alien"
    "|codice|pass|personal|sozial|dl|voter|electoral|vin |vin:|chassis|架|车身|車身"
).split("|")

RULES = [
    *rules(
        "⟨id number⟩",
        r"(?<!\d)\d(?:[ \-.]?\d){16}[ \-.]?[\dXx](?![\dA-Za-z])",
        cues=DIGITS,
        confirm=reads_as_identity_18,
    ),
    *rules(
        "⟨id number⟩",
        r"(?<!\d)\d{6}[ \-]?\d{6}[ \-]?\d{3}(?!\d)",
        cues=DIGITS,
        confirm=is_identity_15,
    ),
    *rules(
        "⟨id number⟩",
        r"(?<![A-Z0-9])[A-Z][1289]\d{8}(?![A-Z0-9])",
        cues=DIGITS,
        confirm=is_taiwanese_identity,
    ),
    *rules(
        "⟨id number⟩",
        r"(?<![A-Z0-9])[STFGM]\d{7}[A-Z](?![A-Z0-9])",
        cues=DIGITS,
        confirm=is_singaporean_identity,
    ),
    *rules(
        "⟨id number⟩",
        rf"{_PAPER}{IS}{_NOT_A_DATE}(?P<what>{_TOGETHER}){_END}",
        rf"{_PAPER}{IS}{_NOT_A_DATE}(?P<what>{_IN_GROUPS}|{_SPARSE}){_END}",
        r"(?:[证證]|号码|號碼)(?:号|號)?(?:的)?(?:最?[后後末]|尾)(?:[四六46八8][位码碼]"
        r"|[号號]){0,2}(?:数字|數字)?[是为為:\s]{0,3}(?P<what>\d{3,7}[\dX])(?![\dA-Z])",
        r"\blast (?:four|4|six|6)(?: digits?)? of (?:my|the|his|her) (?:ssn"
        r"|social(?: security(?: number)?)?)[^\d.\n]{0,12}(?P<what>\d{4,6})(?!\d)",
        cues=_CUES,
        numbered=True,
        sure=True,
    ),
    *rules(
        "⟨id number⟩",
        rf"{_PAPER}{near(16)}(?<![A-Z0-9.]){_NOT_A_DATE}"
        rf"(?P<what>[A-Z]{{0,2}}\d(?:[ \-]?\d){{6,17}}[A-Z]?){_END}",
        cues=_CUES,
        numbered=True,
    ),
    *rules(
        "⟨id number⟩",
        rf"(?<![A-Z0-9])(?P<what>[A-Z]{{0,2}}\d(?:[ \-]?\d){{5,17}}[A-Z]?)(?=\s?(?:是|係|为|is"
        rf"|was)\s?(?:我|本人|旧|舊|新|以前|my|his|her|the old|the new)[的嘅]?\s?{_PAPER})",
        r"军字第(?P<what>\d{5,8})",
        # Hong Kong's, Macau's; America's; Britain's; China's for those who pay taxes.
        r"(?<![A-Z0-9])[A-Z]{1,2} ?\d{6} ?\([0-9A]\)|(?<![\w\-])[157]\d{6}\(\d\)",
        r"(?<![\d\-.])(?!000|666)\d{3}([ \-.])\d{2}\1\d{4}(?![\d\-])",
        r"(?-i:\b[A-CEGHJ-PR-TW-Z][A-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b)",
        r"(?-i:(?<![A-Z0-9])9[1239]\d{6}[0-9A-Z]{9}[0-9A-Z](?![A-Z0-9]))",
        r"(?-i:(?<![A-Z0-9])[A-Z]{5}\d{4}[A-Z](?![A-Z0-9]))",
        # Alone, what reads as the number of a passport is one.
        r"^\s*(?P<what>(?-i:E[A-HJ-NP-Z]?|PE|[GDSPHCM])\d{7,8})\s*$",
        cues=DIGITS,
    ),
]
