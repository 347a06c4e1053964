"""What synonyms and pins say about a question, and when a process hears of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from content.audience import Audience
from search.index import generations, tuning
from search.index.tuning.models import DictionaryWord, Pin, PinnedEntry, Synonym
from search.index.tuning.rules import PinRule, SynonymRule, Tuning
from tests import factories as make

PUBLIC, AGENTS = Audience.PUBLIC.level, Audience.AGENTS.level


def rule(words, synonyms, both_ways=False, locale="", level=PUBLIC) -> SynonymRule:
    return SynonymRule(7, tuple(words), tuple(synonyms), both_ways, locale, level)


def expanded(text: str, *rules: SynonymRule, locale="en", level=PUBLIC) -> list[str]:
    found = Tuning(1, synonyms=rules).expansions(text, locale, level)
    return [e.replacement for e in found]


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ("Google Chats on my phone", "google chat"),
        ("how do I use google  chat?", "Google Chat"),
        ("GOOGLE CHAT", "google chat"),
        ("忘記密碼怎麼辦", "密码"),
        ("修改密码", "修改密码"),
        ("用google chat聊天", "google chat"),
    ],
)
def test_a_synonym_is_met_in_any_form(asked: str, word: str) -> None:
    found = Tuning(1, synonyms=(rule([word], ["Hangouts"]),)).expansions(asked, "en", PUBLIC)
    assert [(e.replacement, e.rule) for e in found] == [("Hangouts", 7)]
    assert asked[found[0].start : found[0].end] == found[0].original


@pytest.mark.parametrize("asked", ["google the chat", "chat google", "googles", "谷歌", ""])
def test_other_words_are_not_met(asked: str) -> None:
    assert expanded(asked, rule(["google chat"], ["Hangouts"])) == []


def test_one_way_is_one_way_and_both_ways_are_both() -> None:
    one = rule(["fb"], ["Facebook"])
    assert expanded("fb", one) == ["Facebook"]
    assert expanded("facebook", one) == []
    both = rule(["fb", "meta"], ["Facebook"], both_ways=True)
    assert sorted(expanded("facebook", both)) == ["fb", "meta"]
    assert sorted(expanded("fb", both)) == ["Facebook", "meta"]


def test_a_synonym_helps_in_its_language_and_its_audience_only() -> None:
    chinese = rule(["口令"], ["密码"], locale="zh-hans")
    assert expanded("口令", chinese, locale="zh-hans") == ["密码"]
    assert expanded("口令", chinese, locale="en") == []
    secret = rule(["refund"], ["goodwill"], level=AGENTS)
    assert expanded("refund", secret) == []
    assert expanded("refund", secret, level=AGENTS) == ["goodwill"]


def pin(query="wifi", contained=False, **more) -> PinRule:
    values = {"locale": "", "level": PUBLIC, "starts": None, "ends": None, "entries": (1,)} | more
    return PinRule(
        more.pop("id", 1), query, query, contained, **{k: values[k] for k in values if k != "id"}
    )


def pinned(text: str, *pins: PinRule, locale="en", level=PUBLIC, now=None) -> list[int]:
    found = Tuning(1, pins=pins).pins_for(text, locale, level, now or timezone.now())
    return [p.id for p in found]


@pytest.mark.parametrize(
    ("asked", "contained", "met"),
    [
        ("Wifi!", False, True),
        ("my wifi", False, False),
        ("my WIFI is slow", True, True),
        ("wifis", True, False),
        ("连接wifi失败", True, True),
    ],
)
def test_a_pin_meets_the_question_or_what_contains_it(asked, contained, met) -> None:
    assert bool(pinned(asked, pin(contained=contained))) is met


def test_a_pin_has_a_language_an_audience_and_dates() -> None:
    now = timezone.now()
    hour = timedelta(hours=1)
    assert not pinned("wifi", pin(locale="zh-hans"))
    assert not pinned("wifi", pin(level=AGENTS))
    assert pinned("wifi", pin(level=AGENTS), level=AGENTS)
    assert not pinned("wifi", pin(starts=now + hour), now=now)
    assert pinned("wifi", pin(starts=now, ends=now + hour), now=now)
    assert not pinned("wifi", pin(ends=now), now=now)


def test_an_exact_pin_goes_before_a_contained_one_and_a_longer_before_a_shorter() -> None:
    short = pin("wifi", contained=True, id=1)
    long = pin("wifi slow", contained=True, id=2)
    exact = pin("my wifi slow", id=3)
    assert pinned("my wifi slow", short, long, exact) == [3, 2, 1]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (Synonym(words="fb", synonyms=" FB \n"), "synonyms"),
        (Synonym(words=" \n ", synonyms="x"), "words"),
        (Synonym(words="fb", synonyms="…"), "synonyms"),
        (DictionaryWord(word="钱"), "word"),
        (DictionaryWord(word="--"), "word"),
        (Pin(query="?!"), "query"),
    ],
)
def test_what_could_never_work_is_refused(db, row, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert field in refused.value.message_dict


def test_a_word_is_in_the_dictionary_once_in_whatever_form(db) -> None:
    DictionaryWord.objects.create(word="云课堂")
    with pytest.raises(ValidationError, match="云课堂"):
        DictionaryWord(word="雲課堂").full_clean()


def test_every_change_is_in_force_at_the_next_look(index) -> None:
    entry = make.article("A")
    seen = {generations.state().tuning}
    synonym = Synonym.objects.create(words="fb", synonyms="Facebook")
    word = DictionaryWord.objects.create(word="云课堂")
    pin = Pin.objects.create(query="wifi")
    for change in (
        lambda: PinnedEntry.objects.create(pin=pin, entry=entry),
        word.delete,
        synonym.delete,
        lambda: Synonym.objects.create(words="x", synonyms="y"),
    ):
        change()
        assert generations.state().tuning not in seen
        seen.add(generations.state().tuning)
    now = tuning.current()
    assert [s.words for s in now.synonyms] == [("x",)]
    assert [p.entries for p in now.pins] == [(entry.pk,)]
    assert now.dictionary == frozenset()


def test_what_was_taken_back_is_not_in_force(index) -> None:
    generations.state()
    with transaction.atomic():
        Synonym.objects.create(words="fb", synonyms="Facebook")
        generations.state()
        assert tuning.current().synonyms
        transaction.set_rollback(True)
    generations.state()
    assert not tuning.current().synonyms


def test_a_search_asks_for_the_version_with_a_query_it_makes_anyway(
    index, django_assert_num_queries
) -> None:
    generations.state()
    Synonym.objects.create(words="fb", synonyms="Facebook")
    generations.state()
    with django_assert_num_queries(1):
        generations.state()


def test_what_one_tries_is_in_force_for_oneself_alone(index) -> None:
    generations.state()
    before = generations.state()
    with tuning.trying(Tuning(1, dictionary=frozenset(["云课堂"]))) as tried:
        assert tuning.current() is tried
        assert generations.state().tuning == tried.version < 0
    assert generations.state() == before
    assert tuning.current().dictionary == frozenset()
