"""Words that say little about what is asked: they weigh less in a query and never make a gap.

All in folded form: lower case, simplified characters, no apostrophes.
"""

FUNCTION_EN = frozenset(
    """
    a about after again all also am an and any are as at be been before being between both but by
    can cannot cant could couldnt did didnt do does doesnt doing dont down during each few for from
    further get gets getting got had has have having he her here hers him his i id if ill im in into
    is isnt it its ive just let lets may me might more most must my need no nor of off on once only
    or other our ours out over own same she should so some such than that thats the their them then
    there theres these they this those through to too under until up us use using very want was
    wasnt we were will with without wont would you your yours
    """.split()
)

QUESTION_EN = frozenset(
    "what when where which who whom whose why how whats hows whys wheres".split()
)

PLEASANTRIES_EN = frozenset(
    """
    hi hello hey dear thank thanks thx cheers regards please pls kindly sorry excuse help someone
    somebody anyone anybody everyone everybody guys folks tell know wonder wondering like way ways
    easy easiest easily best possible possibility able
    """.split()
)

FUNCTION_ZH = frozenset(
    """
    的 了 在 是 我 我们 你 你们 您 他 她 它 他们 她们 它们 有 和 与 及 或 或者 就 都 而 着 也 很
    到 说 要 会 可以 能 能够 上 下 中 里 里面 吗 呢 吧 啊 呀 哦 嘛 这 那 这个 那个 这些 那些 这样
    那样 一个 一下 一些 把 被 让 给 对 对于 从 向 为 为了 以 由 于 之 其 该 此 并 并且 但 但是 还
    还是 又 再 已 已经 将 用 使用 进行 通过 如果 因为 所以 时 时候 后 前 得 地 过 来 去 想 想要
    需要 应该 自己 个 请 没 没有 不是 就是 比较 关于 以及 等 各 每 某 跟 同 只 才 更 最 太
    """.split()
)

QUESTION_ZH = frozenset(
    """
    什么 怎么 怎样 怎么样 如何 为什么 为何 为啥 哪 哪里 哪儿 哪个 哪些 谁 多少 几 几个 何时 是否
    能否 可否 怎么办 咋 咋办 啥 什么样 什么时候 多久 有没有 能不能 可不可以 是不是
    """.split()
)

PLEASANTRIES_ZH = frozenset(
    """
    你好 您好 请问 谢谢 多谢 感谢 麻烦 麻烦您 劳驾 打扰 打扰一下 帮忙 帮 帮我 求助 求 急 在线 大家
    大家好 亲 各位 老师 客服 知道 请教 告诉
    """.split()
)

FUNCTION = FUNCTION_EN | FUNCTION_ZH | PLEASANTRIES_EN | PLEASANTRIES_ZH
QUESTION = QUESTION_EN | QUESTION_ZH
STOP = FUNCTION | QUESTION

FUNCTION_WEIGHT = 0.3


def weight(surface: str) -> float:
    """Return what a folded word weighs in a query: question words do count, for they sort
    "how to" from "why"."""
    return FUNCTION_WEIGHT if surface in FUNCTION else 1.0
