"""Gaps that mean the same are one: by meaning, across languages; what people decide goes first."""

import pytest
from django.urls import reverse

from content.models import FaqEntry
from search.index import drain
from search.insights import answers, states
from search.insights.joining.moving import CannotJoinError, OtherReadersError, join, split, sweep
from search.insights.joining.running import join_all, join_new
from search.insights.models import Gap, GapEvidence, GapHistory, GapVector, KeptApart, State
from search.lookup import glossary
from tests import factories as make
from tests.meaning.misbehaving import served
from tests.vectored import by_meaning

from .making import category, member, search

pytestmark = pytest.mark.django_db

CANCEL = "how do i cancel my subscription"
CANCEL_ZH = "怎么取消订阅"
REFUND = "how to get a refund"
TITLES = (
    ("Cancel an order", "取消订单"),
    ("Pause a subscription", "暂停订阅"),
    ("Cancel a visit", "取消上门服务"),
    ("What a subscription costs", "订阅多少钱"),
)


def who(number: int) -> str:
    return f"person-{number:012d}"


@pytest.fixture
def meaning(settings):
    by_meaning(settings)


def asked(*questions: str, **values) -> list[Gap]:
    """Search for each, somebody else each time; their gaps."""
    for question in questions:
        chinese = not question.isascii()
        locale = "zh-hans" if chinese else "en"
        search(question, who(GapEvidence.objects.count()), **{"locale": locale} | values)
    return [
        Gap.objects.get(pk=GapEvidence.objects.filter(query=q).latest("pk").gap_id)
        for q in questions
    ]


def queue() -> set[str]:
    return set(Gap.objects.filter(joined_into=None).values_list("question", flat=True))


def actions(gap: Gap) -> list[str]:
    return list(gap.history.order_by("pk").values_list("action", flat=True))


def together() -> set[frozenset[str]]:
    """The wordings of each gap in the queue that has more than one."""
    found: dict[int, set[str]] = {}
    for gap, query in GapEvidence.objects.values_list("gap", "query"):
        found.setdefault(gap, set()).add(query)
    return {frozenset(queries) for queries in found.values() if len(queries) > 1}


def test_wordings_and_languages_of_one_question_become_one_gap(meaning) -> None:
    wordings = (
        "warranty period of the vacuum cleaner",
        "how long is the vacuum cleaner guaranteed",
        "吸尘器保修多久",
        "吸尘器的保修期有多长时间",
    )
    first, *others = asked(*wordings)
    refund = asked(REFUND)[0]
    join_new()
    assert together() == {frozenset(wordings)}
    first.refresh_from_db()
    assert first.joined_into is None
    assert (first.people, first.intents, first.no_answer, first.last_week) == (4, 4, 4, 4)
    assert set(first.joined.all()) >= set(others)
    assert Gap.objects.get(pk=refund.pk).people == 1
    assert "joined" in actions(first)
    assert all(actions(gap)[-1] == "joined" for gap in others)


def test_what_is_asked_later_in_joined_words_counts_where_they_are(meaning) -> None:
    first, other = asked(CANCEL, CANCEL_ZH)
    join_new()
    asked("我怎么取消订阅？")
    first.refresh_from_db()
    assert first.people == first.last_week == 3
    assert GapEvidence.objects.filter(gap=first, own=other).count() == 2
    assert Gap.objects.get(pk=other.pk).people == 0


def test_nearby_questions_stay_apart(meaning) -> None:
    asked(
        *("how to get a refund", "how to get an invoice", "change my delivery address"),
        *("track my parcel", "怎么开发票", "怎么联系客服", "battery does not charge"),
        *("warranty of the vacuum cleaner", "can i pay by instalments", "门店几点营业"),
    )
    join_all()
    assert together() <= {frozenset(("how to get an invoice", "怎么开发票"))}


def test_codes_models_and_versions_must_be_the_same(meaning) -> None:
    asked("what does error E06 mean", "what does error E09 mean", "显示E09是什么意思")
    join_all()
    assert frozenset(("what does error E06 mean", "what does error E09 mean")) not in together()
    assert all("what does error E06 mean" not in words for words in together())


def test_vectors_are_made_once(meaning) -> None:
    asked(CANCEL, REFUND)
    join_new()
    made = set(GapVector.objects.values_list("pk", flat=True))
    asked(CANCEL)
    join_new()
    join_all()
    assert set(GapVector.objects.values_list("pk", flat=True)) == made
    assert len(made) == 2


def test_without_an_embedder_nothing_changes(settings) -> None:
    settings.EMBEDDINGS = "off"
    asked(CANCEL, CANCEL_ZH)
    assert join_new() == join_all() == 0
    assert queue() == {CANCEL, CANCEL_ZH}
    assert not GapVector.objects.exists()


def test_without_an_embedder_linked_titles_tell_what_is_the_same_word_for_word(settings) -> None:
    settings.EMBEDDINGS = "off"
    glossary.forget()
    for english, chinese in TITLES:
        key = make.faq(english).translation_key
        make.faq(chinese, code="zh-hans", translation_key=key)
    drain.drain_all()
    asked("cancelling a subscription", "怎么取消订阅", "cancel order", "pause subscription", "取消")
    asked("取消服务", "cancel the subscription of my order")
    assert join_new() == 1
    assert together() == {frozenset({"cancelling a subscription", "怎么取消订阅"})}
    assert join_all() == 0


@pytest.mark.parametrize("manner", ["NaN", "no list", "too few", ""])
def test_an_embedder_that_fails_holds_nothing_up(settings, manner: str) -> None:
    asked(CANCEL, CANCEL_ZH)
    with served() as server:
        server.manner = manner
        settings.EMBEDDINGS = server.address if manner else "http://127.0.0.1:9"
        assert join_new() == 0
    assert queue() == {CANCEL, CANCEL_ZH}
    assert not GapVector.objects.exists()


def test_what_a_person_splits_off_stays_apart(meaning) -> None:
    first, other = asked(CANCEL, CANCEL_ZH)
    join_new()
    writer = member("Writers")
    left = split(first, other, writer)
    assert left == first
    join_new()
    join_all()
    assert queue() == {CANCEL, CANCEL_ZH}
    for gap in (first, other):
        gap.refresh_from_db()
        assert gap.people == 1
        assert gap.evidence.filter(own=None).count() == 1
        step = gap.history.get(action="split")
        assert step.user == writer
    asked(CANCEL_ZH)
    assert Gap.objects.get(pk=other.pk).people == 2


def test_what_a_person_joins_stays_joined(meaning) -> None:
    first, other, third = asked(CANCEL, REFUND, "opening hours")
    writer = member("Writers")
    join(first, other, writer)
    join(first, third, writer)
    split(first, third, writer)
    join(first, third, writer)
    assert not KeptApart.objects.exists()
    join_all()
    assert queue() == {Gap.objects.get(pk=first.pk).question}
    first.refresh_from_db()
    assert first.people == 3
    assert first.history.filter(action="joined", user=writer).count() == 3


def test_a_gap_can_lose_the_words_it_is_numbered_after() -> None:
    first, second, third = asked(CANCEL, REFUND, "opening hours")
    asked(REFUND)
    writer = member("Writers")
    join(first, second, writer)
    join(first, third, writer)
    first.refresh_from_db()
    states.take(first, writer)
    left = split(first, first, writer)
    assert left == second
    for gap in (first, second, third):
        gap.refresh_from_db()
    assert (first.people, first.state, first.owner, first.joined_into) == (1, "open", None, None)
    assert (second.people, second.state, second.owner) == (3, "in_work", writer)
    assert third.joined_into == second
    assert KeptApart.objects.count() == 2


def test_agents_words_are_not_joined_with_customers(meaning) -> None:
    first, other = asked(CANCEL)[0], asked(CANCEL_ZH, audience="agents", who="agent")[0]
    join_new()
    join_all()
    assert queue() == {CANCEL, CANCEL_ZH}
    with pytest.raises(OtherReadersError):
        join(first, other, member("Writers"))


def test_agents_words_part_from_words_that_customers_use_later(meaning) -> None:
    asked(CANCEL, CANCEL_ZH, audience="agents", who="agent")
    join_new()
    assert together() == {frozenset((CANCEL, CANCEL_ZH))}
    asked(CANCEL_ZH)
    join_new()
    assert not together()
    assert not KeptApart.objects.exists()
    assert GapEvidence.objects.get(query=CANCEL).gap != Gap.objects.get(people=2)


def test_gaps_at_work_are_joined_into_and_never_with_each_other(meaning) -> None:
    first, other = asked(CANCEL, CANCEL_ZH)
    writer = member("Writers")
    states.take(other, writer)
    states.take(first, writer)
    join_new()
    assert queue() == {CANCEL, CANCEL_ZH}
    Gap.objects.filter(pk=first.pk).update(owner=None, state=State.OPEN)
    join_all()
    assert Gap.objects.get(pk=first.pk).joined_into == other
    assert Gap.objects.get(pk=other.pk).owner == writer


def test_finished_gaps_are_left_alone(meaning) -> None:
    first, other = asked(CANCEL, CANCEL_ZH)
    states.ignore(first, None)
    join_new()
    assert queue() == {CANCEL, CANCEL_ZH}
    with pytest.raises(CannotJoinError):
        join(first, other)


def test_a_search_taken_in_while_its_gap_was_joined_is_moved_on() -> None:
    first, other = asked(CANCEL, REFUND)
    join(first, other)
    GapEvidence.objects.filter(own=other).update(gap=other, own=None)
    sweep()
    row = GapEvidence.objects.get(query=REFUND)
    assert (row.gap, row.own) == (first, other)
    first.refresh_from_db()
    assert first.people == 2


def test_a_draft_takes_the_wordings_of_its_language() -> None:
    category()
    first, other = asked(CANCEL, CANCEL_ZH)
    asked(CANCEL)
    join(first, other)
    first.refresh_from_db()
    entry = answers.write_answer(first, member("Writers"))
    assert isinstance(entry, FaqEntry)
    assert entry.title == CANCEL
    assert not entry.phrasings.filter(text=CANCEL_ZH).exists()


@pytest.fixture
def writer(client):
    user = member("Writers")
    client.force_login(user)
    return user


def test_the_page_lists_what_is_joined_and_splits_it(client, writer, meaning) -> None:
    first, other = asked(CANCEL, CANCEL_ZH)
    join_new()
    page = client.get(reverse("insights:gap", args=[first.pk])).content.decode()
    assert CANCEL_ZH in page
    assert "Gaps that mean the same" in page
    assert f'value="{other.pk}"' in page
    moved = client.get(reverse("insights:gap", args=[other.pk])).content.decode()
    assert f"gap {first.pk}" in moved
    assert "Take it" not in moved
    answer = client.post(
        reverse("insights:gap_action", args=[first.pk, "split"]), {"own": other.pk}, follow=True
    )
    assert b"a gap of its own again" in answer.content
    assert queue() == {CANCEL, CANCEL_ZH}
    answer = client.post(
        reverse("insights:gap_action", args=[first.pk, "join"]), {"other": other.pk}, follow=True
    )
    assert b"The two gaps are one." in answer.content
    assert GapHistory.objects.filter(gap=first, action="joined", user=writer).count() == 1


@pytest.mark.parametrize("other", ["", "x", "999999", "٣", "self"])
def test_what_cannot_be_joined_says_so(client, writer, meaning, other: str) -> None:
    first = asked(CANCEL)[0]
    answer = client.post(
        reverse("insights:gap_action", args=[first.pk, "join"]),
        {"other": first.pk if other == "self" else other},
        follow=True,
    )
    assert b"There is no such gap" in answer.content


def test_the_list_finds_a_joined_gap_in_both_languages(client, writer) -> None:
    first, other = asked(CANCEL, CANCEL_ZH)
    join(first, other)
    for locale in ("en", "zh-hans"):
        rows = client.get(reverse("insights:gaps"), {"locale": locale}).context["object_list"]
        assert [gap.pk for gap in rows] == [first.pk]


def test_no_page_mentions_it_where_meaning_is_off(client, writer, settings) -> None:
    settings.EMBEDDINGS = "off"
    first = asked(CANCEL)[0]
    page = client.get(reverse("insights:gap", args=[first.pk])).content.decode()
    assert "mean the same" not in page
    assert "insights-other" not in page
