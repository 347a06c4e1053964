"""Names of people written in Chinese, where a cue says that one follows: "我叫张三"."""

from __future__ import annotations

from functools import cache

import rjieba

from .links import IS
from .rules import rules

_SURNAMES = (
    "云王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾"
    "丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤"
    "尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿"
    "梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍覃霍翁劉陳楊趙"
    "黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉閻餘鍾薑譚鄒陸龍錢湯賴龔龐蘭顏嚴溫蘆魯韋畢聶叢齊莊關費"
    "紀項陽衛區古巫柯連连簡简蓝藍阮甘巩肖鞠褚蒲隋冉邝鄺麦麥冼冷佟臧張萬賀喬鮑應鄔竇佘裘邊岑滕乐"
    "樂甯宁寧谈談濮郎包惠支仇丘储宓容宿寇富封尉尚展屠巴帅幸强戈戚扈敖晁晏景木束杭柏柴栗桂檀楚母"
    "池湛满瞿祖祝禹"
    "穆符米粟繆缪练羊芮花苑苟茅茹荆荣栾欒蒙蔺虞衡计谌謝诸辜迟那邬鄔邸郁都鄢鐘阙闫閆闵閔阴隆雍饒"
    "饶駱骆鲜鹿麻揭竹"
)
_DOUBLE = (
    "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|东方|東方|皇甫|尉迟|公孙|公孫|慕容|令狐|长孙|宇文"
    "|司徒|夏侯|端木|南宫|呼延|轩辕|欧陽"
)
_GIVEN = "[\u4e00-\u9fff]{1,2}"
# Words that begin like a name.
_NO_NAME = (
    "(?!谢谢|謝謝|高级|高級|金牌|金卡|黄金|白金|钻石|安卓|苹果|常客|常用|方式|方法|万一|时候|时间"
    "|关于|成功"
    "|成年|文字|文件|路上|管理|向你|向您|查询|查看|任何|于是|白天|程序|江苏|江西|石家庄|温州|武汉"
    "|广东"
    "|安徽|贵州|云南|马上|易购|项目|位置|游客|成员|盛情|方便|商家|高中|大学|毕业|古代|连不|简单"
    "|麦当|云服|云端|云盘|云闪|云计|云存|云账|包裹|包邮|包装|包含|包括|支付|支持|支出|解决|解释"
    "|解除|解绑"
    "|解锁|计划|计算|满意|满足|满减|满额|那个|那边|那样|那么|那天|花了|花费|花钱|花呗|强制|强行"
    "|封号|封面|封锁|尚未|展示|木门"
    "|都不|都没|都是|都有|都能|都会|迟到|迟迟|车主|车险|车辆|车上|练习|封装|储存|储值|储蓄|富余"
    "|景区|母婴|母亲|荣誉|荣耀|祖国"
    "|衡量|容量|容易|羊毛|米色|竹子|桂花|鲜花|鲜果|麻烦|郁闷|宿舍|惠普|惠民|惠买|都要|都在|都可"
    "|那是|强烈|强大|桂林|杭州|楚雄)"
)
_NAME = (
    rf"{_NO_NAME}(?:[\u4e00-\u9fff]{{2,6}}(?:[·•・.][\u4e00-\u9fff]{{1,7}}){{1,3}}"
    rf"|(?:{_DOUBLE}){_GIVEN}|[{_SURNAMES}]{_GIVEN})"
)
_ALONE = rf"{_NO_NAME}(?:(?:{_DOUBLE}){_GIVEN}|[{_SURNAMES}]{_GIVEN})"
#: Enough of a text to find a name at its beginning.
_BEGINNING = rf"{_NO_NAME}[{_SURNAMES}欧歐司上诸諸东東皇尉公慕令长宇端南呼][\u4e00-\u9fff]{{1,4}}"
_TITLES = ("先生", "女士", "小姐", "太太", "经理", "老师", "同学", "医生", "师傅")
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
_SEPARATED = r"(?:\s{0,2}(?:是|为|為|係|:|叫|=)\s{0,2}|\s{1,2})"
#: What a person is called in a form.
ROLES = (
    "(?:姓名|名字|全名|真名|本名|收件人|收货人|收貨人|联系人|聯絡人|聯繫人|机主|機主|持卡人|户名"
    "|戶名|户主|申请人|申請人|购买人|下单人|寄件人|发件人|乘客|乘机人|投保人|被保险人|经办人|负责人"
    "|开户名|开户人|個人|个人|客户|客戶|旅客|患者|病人|学生|学员|受益人|收款人|付款人|业主|租客"
    "|客人|员工|住户|监护人"
    "|法人代表|签收人|取件人|提货人|发货人|报名人|代办人|法人|法定代表人|被保人|车主|車主|房东"
    "|姓名为"
    "|真实姓名"
    "|真實姓名|用户|用戶|会员|會員|家长|家長|中文名|訂購人|订购人|寄件者|收件者|抬头|抬頭|署名"
    "|紧急联系人)"
)
_RELATIVES = (
    "(?:儿子|兒子|女儿|女兒|老公|老婆|丈夫|妻子|爸爸|妈妈|媽媽|父亲|父親|母亲|母親|先生|太太|朋友"
    "|同事|姐姐|哥哥"
    "|弟弟|妹妹|我[妈媽爸哥姐弟妹]|室友|老板|老闆|助理)"
)
_STAFF = "(?:客服|客服人员|骑手|司机|顾问|主播|店长|店長|医生|老师|经理|中介)"
_KIN = "爸妈媽爷爺奶哥姐弟妹儿兒子孩友公婆事生太人女朋"
_TO = "(?:找|搵|联系|聯絡|联络|转给|轉給|转接|转|交给|寄给|寄給|给|給|麻烦|请叫|帮)"


#: The tagger's tags of names: Chinese, Japanese, foreign.
_NAMES = ("nr", "nrt", "nrfg")


@cache
def _tagger() -> rjieba.Jieba:
    return rjieba.Jieba()


def length_of_name(text: str) -> int:
    """How many characters a person's name has that ``text`` begins with; 0 where there is none."""
    (name, tag), (after, after_tag) = [*_tagger().tag(text), ("", "")][:2]
    if len(name) == 1 and len(after) < 3 and (after_tag in _NAMES or tag in _NAMES):
        name, tag = name + after, "nr"
    elif tag in _NAMES and after == name[-1]:
        name += after
    if tag not in _NAMES:
        return 0
    name = next((name[: name.index(title)] for title in _TITLES if title in name), name)
    return min(len(name), 3) if len(name) > 1 else 0


def is_name(text: str) -> bool:
    """Whether all of ``text`` reads as a person's name."""
    return length_of_name(text) == len(text)


def reads_as_name(text: str) -> bool:
    """Whether the tagger takes ``text`` for a name, or knows no word of it."""
    words = list(_tagger().tag(text))
    return any(tag in _NAMES for _, tag in words) or all(len(word) == 1 for word, _ in words)


_CUES = (
    "叫|姓|名|人|主|客|师|師|医|总|總|经|教授|骑手|司机|顾问|店长|中介|customer|recipient|contact"
    "|attn|sender|学|者|患|乘|员工|我是|我係|改|应|應|祝|颂|頌|收|投|这里是|這裡是|在下|先生|女士"
    "|小姐|太太|此致|敬|谨|謹"
    "|署|签|簽|落款|谢|謝|感"
    "|住户|代表|房东|-|用户|用戶|会员|會員|抬头|抬頭|件者|儿子|兒子|女儿|女兒|老公|老婆|丈夫|妻子"
    "|爸|妈|媽|父|母|朋友|同事|姐|哥|弟|妹|室友|老板|老闆|助理|搵|找|联系|聯絡|转|轉|给|給|麻烦|帮"
).split("|")

RULES = [
    *rules(
        "⟨name⟩",
        rf"(?:我叫|我名叫?|名叫|我的名字叫|我的名字是|我個名係|本名叫|老公叫|老婆叫|先生叫|太太叫"
        rf"|儿子叫"
        rf"|女儿叫|爸爸叫|妈妈叫|孩子叫|叫做)\s?"
        rf"(?P<what>{_NAME}){_AFTER}",
        rf"(?:我|敝|免贵|免貴|本人)姓(?P<what>{_DOUBLE}|[{_SURNAMES}])(?=$|[^\u4e00-\u9fff]|叫|，)",
        rf"(?:我|敝|免贵|免貴|本人)姓⟨name⟩[，,、 ]{{0,2}}(?:名字?)?叫?(?P<what>{_NAME}"
        rf"|{_GIVEN}(?=[，,。]))(?=$|[^\u4e00-\u9fff])",
        rf"姓(?P<what>{_DOUBLE}|[{_SURNAMES}])[，, ]?(?=名)",
        rf"姓⟨name⟩[，, ]?名(?:字)?[叫是:]?\s?(?P<what>{_GIVEN})(?=$|[^\u4e00-\u9fff]|{_THEIRS})",
        rf"(?:此致|敬上|谨启|署名|签名|簽名|落款|祝好|[顺順商]祺|安好|[敬大近]安)(?:敬礼"
        rf"|敬禮)?[\s:：，。!！]{{1,3}}"
        rf"(?P<what>{_NAME})"
        rf"(?=$|[^\u4e00-\u9fff])",
        rf"(?:^|[\s。！!])(?P<what>{_NAME})\s?(?:敬上|谨上|謹上|谨启|謹啟)",
        rf"叫(?P<what>(?:{_DOUBLE}){_GIVEN}){_AFTER}",
        rf"{ROLES}{_SEPARATED}(?P<what>{_NAME}){_AFTER}",
        rf"{ROLES}(?P<what>{_NAME})(?=$|[^\u4e00-\u9fff]|电话|電話|手机|手機|{_THEIRS})",
        rf"(?:我[是係]|这里是|這裡是|在下)(?P<what>{_NAME})(?=$|[^\u4e00-\u9fff])",
        rf"(?<!日)本人是?(?P<what>{_NAME}){_AFTER}",
        rf"(?P<what>{_NO_NAME}(?:(?:{_DOUBLE}){_GIVEN}|[{_SURNAMES}]{_GIVEN}))(?=先生|女士|小姐)",
        rf"(?<![各这那几哪])(?P<what>{_DOUBLE}|[{_SURNAMES}])(?=先生|女士|小姐|太太)",
        rf"(?:^|[^\u4e00-\u9fff]|[好的是找叫问问])(?P<what>{_DOUBLE}|[{_SURNAMES}])(?=(?:老师"
        rf"|老師|总|總|经理|經理|师傅|師傅|医生"
        rf"|醫生|主任|主管|律师|教授|同学|阿姨|叔叔|大哥|大姐|姐|哥)(?:[,，。!！]|$|[您你好]))",
        rf"我是(?P<what>[小老阿](?![白米程牛路时常万])[{_SURNAMES}明强华红丽芳])(?=$"
        rf"|[^\u4e00-\u9fff])",
        rf"姓(?P<what>{_DOUBLE}|[{_SURNAMES}])(?=$|[^\u4e00-\u9fff])",
        rf"{_TO}(?P<what>{_DOUBLE}|[{_SURNAMES}])(?=先生|女士|小姐|太太|经理|經理|老师|老師|主管"
        rf"|主任|总|總|医生|醫生|师傅|師傅|律师)",
        rf"[{_KIN}]叫(?P<what>{_NAME}){_AFTER}",
        rf"[找搵](?P<what>{_DOUBLE}|[{_SURNAMES}])(?=[生太](?:$|[^\u4e00-\u9fff]))",
        rf"(?:谢谢|謝謝|感谢|感謝)[!！。.\s]{{1,2}}(?P<what>{_NAME})$",
        rf"(?:\n\s?-|\s--)\s?(?P<what>{_NAME})\s*$",
        cues=_CUES,
    ),
    # What a name is changed to, and who complains.
    *rules(
        "⟨name⟩",
        rf"(?:^|[\s,。!])收(?:件|货|貨)?[人者]?:\s?(?P<what>{_ALONE})(?=$|[\s,。;0-9])",
        rf"(?:^|[\s,。!])(?P<what>{_ALONE})\s?(?:亲|親|代|签|簽)?收(?=$|[\s,。!])",
        rf"⟨name⟩[,， ]?(?:而|並)?不是(?:叫)?(?P<what>{_ALONE})(?=$|[\s,。!])",
        rf"{ROLES}[^\n。⟨]{{0,14}}?(?:应该?[是为]|應該?[是為]|改[成为為]|实际上?是|正确的?[是为]"
        rf"|其实是)"
        rf"(?P<what>{_ALONE})(?=收?(?:$|[,。;!了吧 ]|才对|才對))",
        rf"(?:改[成为為]|[给給交]|由)(?P<what>{_ALONE})(?=(?:代|签|簽)?收(?:$|[,。;!货貨件吧]))",
        rf"(?:用户|用戶|客户|客戶|会员|會員)(?P<what>{_ALONE})"
        rf"(?=(?:投诉|投訴|反映|申请|申請|来电|來電|报修|報修|咨询|諮詢|要求|反馈)(?!率|量|数|单"
        rf"|记录))",
        cues=(
            "⟨",
            "改",
            "应",
            "應",
            "实",
            "其",
            "正",
            "收",
            "用户",
            "用戶",
            "客户",
            "客戶",
            "会员",
            "會員",
        ),
        confirm=reads_as_name,
    ),
    # Where words run on, the tagger tells a name from what is none.
    *rules(
        "⟨name⟩",
        rf"(?:{ROLES}{IS}|[人者员員](?:[是为為係:叫 ]{{0,2}})|{_RELATIVES}|{_STAFF}|\b(?:name"
        rf"|customer|recipient|contact|attn|sender)\s?[:：]\s?|我[是係]|我叫|[{_KIN}]叫"
        rf"|这里是|這裡是"
        rf"|{_TO})(?P<what>{_BEGINNING})",
        cues=_CUES,
        measure=length_of_name,
    ),
    # Beside other personal data, or after a greeting, a name may stand for itself.
    *rules(
        "⟨name⟩",
        rf"(?:^|[,;:。\s⟩])(?P<what>{_ALONE})(?=\s?(?:收|$|[,;。⟨\n ]))",
        cues=("⟨",),
        confirm=is_name,
    ),
    *rules(
        "⟨name⟩",
        rf"(?:^|[您你妳]好|(?:尊敬|亲爱|親愛)的|致|[谢謝][谢謝][,!。]?[\-—]{{1,2}}"
        rf"|哈[囉喽])[,!。 ]{{0,2}}(?P<what>{_ALONE})"
        rf"(?=[,。!]|\s|$)",
        cues=("您好", "你好", "妳好", "哈囉", "哈喽", "尊敬", "亲爱", "親愛", "致", "-"),
        confirm=is_name,
    ),
]
