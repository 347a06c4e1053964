"""The class words that a site begins with; people edit them under Insights > Class words."""

from __future__ import annotations

from .models import Kind

_STRONG, _USUAL, _WEAK = 3.0, 2.0, 1.0

_WORDS: dict[tuple[str, float], str] = {
    (Kind.COMPLAINT, _STRONG): """
        complain*; unacceptable; terrible; awful; worst; disgust*; outrag*; ridiculous; appalling;
        disgrace*; rude; scam*; fraud; rip off; ripped off; rubbish; useless; pathetic; fed up;
        sick of; waste of; never again; dissatisfied; disappoint*; not happy; unhappy; angry;
        furious; frustrat*; annoy*; shocking; horrible; poor service; bad service; poor quality;
        let down; lied; liar; demand a refund; want my money back; nobody answer*; no one answer*;
        nobody help*; no one help*; nobody repl*; no one repl*; still nobody; joke; how dare;
        投诉; 太差; 很差; 差劲; 差评; 垃圾; 骗; 坑人; 坑爹; 恶心; 气死; 生气; 愤怒; 失望; 不满意;
        不满; 过分; 离谱; 无语; 受够;
        糟糕; 太烂; 很烂; 真烂; 敷衍; 推卸; 踢皮球; 没人管; 没人理; 没有人理; 没人回; 不负责任;
        态度差; 态度恶劣; 态度不好; 欺负;
        虚假; 霸王; 再也不; 要个说法; 讨个说法; 举报; 维权; 曝光; 忍无可忍; 浪费时间; 太慢了;
        太坑; 黑心; 假货; 忽悠; 搞什么; 什么破
    """,
    (Kind.COMPLAINT, _USUAL): """
        third time; second time; fourth time; again and again; over and over; keeps breaking;
        keeps failing; keeps crashing; keeps disconnecting; always late; still waiting;
        still haven't; still hasn't; still not; been waiting; waited for; for weeks; for months;
        weeks ago and; hung up on; ignored; ignoring; overcharged; too slow; too expensive;
        broke after; broken again; stopped working after; arrived broken; arrived damaged;
        wasted; unprofessional; misleading; misled; false advertising; unfair; no apology; apolog*;
        已经…了还; 都…了还没; 还是没有; 一直没; 迟迟; 好几次; 第三次; 第二次了; 又坏了; 老是;
        总是; 一拖再拖; 等了; 拖了;
        三番五次; 根本; 居然; 竟然; 不给退; 不肯; 乱扣; 多收; 强制; 质量差; 质量有问题; 坏的;
        破损; 就坏了; 没有解决; 一直不; 受不了;
        太贵; 态度; 说法不一; 挂我电话; 不理; 不处理; 打不通; 太过
    """,
    (Kind.SUGGESTION, _STRONG): """
        suggest*; recommend that you; i recommend; proposal; feature request; would be great if;
        would be nice if; would be good if; would be better if; would be helpful if;
        would be great to; would be nice to; would be good to; would be useful to;
        would be helpful to; would be useful if; it'd be great; it'd be nice; wish you would;
        wish there was; wish there were; wish i could; wish the; wish you; please consider;
        you should add; you should have; you should offer; you should let; you should make;
        should be possible to; please add; could you add; can you add; please make it; why not add;
        why don't you add; how about adding; idea for; an idea; feedback:; would love to see;
        would love to have; would love a; i'd love; would like to see; hope you add; hope you can
        add;
        hope you will add; hoping for; should support; should allow; improve*; improvement*;
        建议; 提个意见; 提议; 希望能; 希望可以; 希望增加; 希望加; 希望出; 希望你们; 希望贵;
        希望以后; 希望支持; 希望有; 希望把; 能不能增加;
        能不能加个; 能不能加一个; 能否增加; 可否增加; 可以增加; 最好能; 最好加; 最好有; 要是能;
        要是有; 如果能; 如果有…就好; 就更好; 就好了;
        就完美; 不如; 改进; 改善; 优化; 考虑一下增加; 考虑增加; 考虑出; 考虑加; 期待;
        想要一个…功能; 应该增加; 应该加; 应该有; 不妨; 反馈个; 增加一个;
        加个…功能; 多一些; 推出
    """,
    (Kind.INQUIRY, _WEAK): """
        how do; how can; how to; how long; how much; how many; what is; what are; what's; where is;
        where do; where can; when will; when does; which; can i; could i; may i; is it possible;
        is there; are there; do you; does it; does the; am i; what if; what should; tell me;
        want to know; like to know; wonder*; 怎么; 怎样; 如何; 多少; 多久; 什么时候; 哪里; 哪个;
        哪些; 哪儿; 是否; 能否; 可以吗; 吗; 请问;
        什么; 几天; 几个; 能不能; 可不可以; 有没有; 想问; 咨询; 想了解; 是不是
    """,
}


def first_words() -> list[tuple[str, str, float]]:
    """(class, words, weight) of all that a site begins with."""
    found: dict[tuple[str, str], float] = {}
    for (kind, weight), words in _WORDS.items():
        for word in words.split(";"):
            if plain := " ".join(word.split()):
                found.setdefault((str(kind), plain), weight)
    return [(kind, words, weight) for (kind, words), weight in found.items()]
