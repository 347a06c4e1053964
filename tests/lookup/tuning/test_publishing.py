"""What the effect of a draft says is what its publication does: for many random drafts."""

from __future__ import annotations

import random

import pytest
from wagtail.models import Page

from content.audience import Audience
from content.models import Article, Phrasing
from search.index import generations, standby
from search.index.tuning.models import Pin, PinnedEntry, Synonym
from search.lookup.tuning.asked import Asked
from search.lookup.tuning.publishing import Effect, as_if_published
from tests import factories as make
from tests.lookup.asking import ask
from tests.vectored import by_meaning, with_vectors

WORDS = (
    "router lights password invoice refund parcel account email printer battery screen cable "
    "update wifi network login courier address voucher bill camera sensor speaker headset"
).split()
HAN = ("路由器", "密码", "发票", "退款", "包裹", "账户", "打印机", "电池", "屏幕", "网络")
AUDIENCES = (Audience.PUBLIC, Audience.AGENTS)


class Chance(random.Random):
    """Texts of a site, and what people ask of it."""

    def text(self, code: str, most: int) -> str:
        words = HAN if code == "zh-hans" else WORDS
        return (" " if code == "en" else "").join(self.choices(words, k=self.randint(2, most)))

    def fields(self, code: str) -> dict:
        return {
            "title": self.text(code, 4),
            "body": "\n\n".join(f"## {self.text(code, 3)}\n{self.text(code, 40)}" for _ in "12"),
            "audience": self.choice(("public", "public", "customers", "agents")),
        }

    def questions(self, number: int) -> list[Asked]:
        asked = set()
        while len(asked) < number:
            code = self.choice(("en", "zh-hans"))
            text = self.text(code, 3)
            if code == "en" and self.random() < 0.3:
                text = text[:-2] + text[-1]  # a letter was left out
            asked.add(Asked(text, code, self.choice(AUDIENCES), 1, 1))
        return sorted(asked, key=str)


def places(asked: Asked, pk: int) -> tuple[int, list[int]]:
    hits = [hit.id for hit in ask(asked.text, asked.audience, asked.locale).hits]
    return (hits.index(pk) + 1 if pk in hits else 0), hits


def foresee(page: Page, asked: list[Asked]) -> Effect:
    with as_if_published(page.get_latest_revision_as_object()) as site:
        return site.effect(asked, 600)


def publish(page: Page, index) -> None:
    page.get_latest_revision().publish()
    tell(index)


def tell(index) -> None:
    index.drain()
    if standby.is_wanted():
        standby.follow()
    # What an engine elsewhere has said of the words' frequency is kept for half a minute.
    generations._guarded.clear()
    generations.forget()


def saved(page: Page, fields: dict) -> None:
    page = page.specific
    for name, value in fields.items():
        setattr(page, name, [("markdown", value)] if name == "body" else value)
    page.save_revision()


@pytest.fixture
def site(index) -> Chance:
    chance = Chance(7)
    for number in range(60):
        code = "zh-hans" if number % 3 == 0 else "en"
        make.article(code=code, **chance.fields(code))
    tell(index)
    return chance


def becomes_true(page: Page, asked: list[Asked], index) -> int:
    """Publish, and compare all searches; returns how many the entry moves in."""
    were = {each: places(each, page.pk) for each in asked}
    effect = foresee(page, asked)
    assert (effect.unrun, len(effect.places)) == (0, len(asked))
    publish(page, index)
    moved = {each.change.asked: each for each in effect.moved}
    for each in asked:
        now, hits = places(each, page.pk)
        assert effect.places[each] == now, (each, effect.places[each], now)
        before, had = were[each]
        if each in moved:
            assert (moved[each].before, moved[each].after) == (before, now)
            gone = {place.id for place in moved[each].displaced if place.moved == "gone"}
            assert gone == set(had) - {*hits, page.pk}
        else:
            assert before == now
    return len(moved)


def test_new_drafts_take_the_places_that_were_foreseen(site, index) -> None:
    asked = site.questions(30)
    moved = 0
    for _ in range(8):
        code = site.choice(("en", "zh-hans"))
        moved += becomes_true(
            make.article(code=code, live=False, **site.fields(code)), asked, index
        )
    assert moved > 20


def test_changed_entries_move_as_was_foreseen(site, index, search_engine) -> None:
    asked = site.questions(30)
    moved = 0
    for page in site.sample(list(Article.objects.filter(live=True)), 5):
        saved(page, site.fields(page.locale.language_code))
        moved += becomes_true(page, asked, index)
    assert moved > 20


def test_looking_leaves_nothing_behind(site, settings) -> None:
    asked = site.questions(10)
    before = [places(each, 0) for each in asked]
    page = make.article(live=False, title="router lights")
    foresee(page, asked)
    assert not list(settings.INDEX_DIR.glob("rehearsals/*"))
    assert [places(each, 0) for each in asked] == before
    assert not Page.objects.get(pk=page.pk).live


def test_words_that_are_new_to_the_site_are_found_by_their_misspellings(site, index) -> None:
    page = make.article(live=False, title="Thermostat")
    asked = [Asked("thermstat", "en", Audience.PUBLIC, 1, 1)]
    assert places(asked[0], page.pk)[0] == 0
    assert becomes_true(page, asked, index) == 1


def test_a_synonym_a_pin_and_a_phrasing_lead_to_the_draft(site, index) -> None:
    Synonym.objects.create(words="fridge", synonyms="refrigerator")
    page = make.article(live=False, title="Refrigerator", audience="agents")
    page.phrasings = [Phrasing(text="Is it cold?", agents_only=True)]
    page.save_revision()
    pin = Pin(query="zzz")
    pin.entries = [PinnedEntry(entry=page)]
    pin.save()
    texts = ("fridge", "zzz", "Is it cold?")
    asked = [Asked(text, "en", audience, 1, 1) for text in texts for audience in AUDIENCES]
    assert becomes_true(page, asked, index) == 3


def test_a_translation_takes_the_place_of_the_one_in_another_language(site, index) -> None:
    page = make.article(title="QX-900 beeps", body="QX-900")
    make.front_page("zh-hans")
    tell(index)
    made = make.article(code="zh-hans", live=False, title="QX-900 响")
    Article.objects.filter(pk=made.pk).update(translation_key=page.translation_key)
    made = Article.objects.get(pk=made.pk)
    made.save_revision()
    asked = [Asked("QX-900", "zh-hans", Audience.PUBLIC, 1, 1)]
    effect = foresee(made, asked)
    assert [(p.id, p.moved) for p in effect.moved[0].displaced] == [(page.pk, "gone")]
    assert becomes_true(made, asked, index) == 1


def test_by_meaning_the_draft_stands_where_it_was_foreseen(index, settings) -> None:
    by_meaning(settings)
    titles = ("Reset your password", "Track a parcel", "Pay an invoice", "Return goods")
    for title in titles:
        make.article(title, body=title)
    with_vectors(("en",))
    tell(index)
    page = make.article(live=False, title="Cancel an order", body="Cancel an order")
    texts = ("cancelling my purchase", "cancel order", "forgot my passcode", "invoices")
    asked = [Asked(text, "en", Audience.PUBLIC, 1, 1) for text in texts]
    effect = foresee(page, asked)
    assert effect.by_words == 0
    page.get_latest_revision().publish()
    with_vectors(("en",))
    tell(index)
    assert {a.text: effect.places[a] for a in asked} == {
        a.text: places(a, page.pk)[0] for a in asked
    }
    assert effect.places[asked[0]] == 1
