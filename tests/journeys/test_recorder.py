"""What is recorded, as what, and what it costs the request."""

import time

import pytest
from django.db import connections

from search.journeys import Journey, counters, recorder, signals, writing
from search.journeys.models import Event, Search, Vote
from search.journeys.records import EventRecord

from .making import at, event, search

pytestmark = pytest.mark.django_db


def queries() -> list[str]:
    return list(Search.objects.order_by("created").values_list("query", flat=True))


def test_a_search_is_kept_with_who_what_and_what_came_back() -> None:
    query_id = search("Where is my parcel?", total=3, answered=True, hits=((7, 1), (9, 2)))
    row = Search.objects.get(query_id=query_id)
    assert (row.client_id, row.kind, row.locale) == ("ann-0123456789abcdef", "customer", "en")
    assert row.hits == [[7, 1], [9, 2]]
    assert row.key == "parcel" or "parcel" in row.key


def test_personal_data_is_redacted_before_it_is_written() -> None:
    search("refund to ann@example.com 13800138000")
    assert queries() == ["refund to ⟨email⟩ ⟨phone⟩"]


def test_keystrokes_become_the_search_they_were_typed_for() -> None:
    for i, text in enumerate(["re", "refu", "refund", "refund p", "refund policy"]):
        search(text, channel="suggest", prefix=True, created=at(i * 0.4))
    final = search("refund policy", created=at(6))
    row = Search.objects.get()
    assert (row.query, str(row.query_id), row.settled) == ("refund policy", final, True)
    assert row.created == at(0)


def test_a_typing_error_corrected_while_typing_is_one_search() -> None:
    search("refnud", prefix=True, channel="suggest", created=at(0))
    search("refund", prefix=True, channel="suggest", created=at(2))
    assert queries() == ["refund"]


def test_a_late_keystroke_does_not_undo_the_search() -> None:
    search("refund policy", created=at(1))
    search("refund po", prefix=True, channel="suggest", created=at(1.2))
    assert queries() == ["refund policy"]


def test_two_people_and_two_channels_are_never_merged() -> None:
    search("refund", prefix=True, channel="suggest", created=at(0))
    search("refund p", client="bob-0123456789abcdef", prefix=True, created=at(1))
    search("refund po", prefix=True, channel="desk", created=at(1.5))
    assert Search.objects.count() == 3


def test_searches_with_a_word_in_common_are_one_intent_for_ten_minutes() -> None:
    search("refund policy", created=at(0), answered=True)
    Search.objects.update(clicks=1)
    search("how long does a refund take", created=at(500))
    search("change password", created=at(1_300))
    first, second, third = Search.objects.order_by("created")
    assert first.intent_id == second.intent_id != third.intent_id


def test_another_try_within_two_minutes_of_a_failure_is_the_same_intent() -> None:
    search("moneyback", created=at(0))
    search("refund", created=at(100))
    search("opening hours", created=at(100 + 121))
    intents = list(Search.objects.order_by("created").values_list("intent_id", flat=True))
    assert intents[0] == intents[1] != intents[2]


def test_chinese_reformulations_are_one_intent() -> None:
    search("怎么退款", locale="zh-hans", created=at(0), answered=True)
    Search.objects.update(clicks=1)
    search("退款多久到账", locale="zh-hans", created=at(400))
    assert Search.objects.values("intent_id").distinct().count() == 1


def test_typing_that_stops_is_announced_once_it_has_settled() -> None:
    heard: list[int] = []

    def hear(searches, **kwargs):
        heard.extend(search.pk for search in searches)

    signals.searches_recorded.connect(hear)
    try:
        search("refu", prefix=True, channel="suggest")
        assert heard == []
        Search.objects.update(updated=at(0))
        assert writing.settle() == 1
        assert heard == [Search.objects.get().pk]
    finally:
        signals.searches_recorded.disconnect(hear)


def test_a_click_counts_once_and_marks_its_search() -> None:
    query_id = search("refund", total=1, answered=True, hits=((7, 1),))
    event("click", query_id, object_id=7, position=1)
    event("click", query_id, object_id=7, position=1)
    assert Search.objects.get().clicks == 1
    assert Event.objects.get().position_ordinal == 1


def test_a_click_on_an_answer_to_an_earlier_keystroke_belongs_to_the_search() -> None:
    early = search("refu", prefix=True, channel="suggest", created=at(0))
    final = search("refund", prefix=True, channel="suggest", created=at(1))
    event("click", early, object_id=7, created=at(2))
    assert Search.objects.get(query_id=final).clicks == 1


def test_opening_an_entry_twice_within_half_an_hour_is_one_read() -> None:
    for seconds in (0, 5, 1_700, 1_900):
        event("read", object_id=7, created=at(seconds))
    event("read", object_id=8, created=at(6))
    event("read", client="bob-0123456789abcdef", object_id=7, created=at(7))
    assert Event.objects.count() == 4


def test_a_changed_vote_replaces_the_first() -> None:
    event("vote", object_id=7, version=3, helpful=False, reason="outdated", comment="mail a@b.cn")
    event("vote", object_id=7, version=3, helpful=True)
    event("vote", object_id=7, version=4, helpful=True)
    assert list(Vote.objects.order_by("pk").values_list("helpful", "object_version")) == [
        (True, 3),
        (True, 4),
    ]


def test_of_what_an_agent_says_of_one_answer_the_last_holds() -> None:
    query_id = search("refund", total=2, answered=True, hits=((7, 1), (8, 2)))
    for action in ("used_solved", "used_solved", "used_unsolved"):
        event(action, query_id, object_id=7, position=1)
    event("used_solved", query_id, object_id=8, position=2)
    said = set(Event.objects.values_list("object_id", "action_name"))
    assert said == {(7, "used_unsolved"), (8, "used_solved")}
    assert Event.objects.count() == 2
    assert Search.objects.get().clicks == 1
    event("used_solved", query_id, object_id=7, position=1)
    assert Search.objects.get().clicks == 2
    assert Event.objects.count() == 2


def test_what_is_said_twice_in_one_batch_or_by_two_people_is_kept_apart() -> None:
    query_id = search("refund", total=1, answered=True, hits=((7, 1),))
    ann, bob = (Journey(f"{name}-0123456789abcdef", "customer") for name in ("ann", "bob"))
    said = [("used_solved", ann), ("used_unsolved", ann), ("used_solved", bob)]
    writing.write(
        EventRecord(action=action, query_id=query_id, journey=journey, object_id=7)
        for action, journey in said
    )
    kept = set(Event.objects.values_list("client_id", "action_name"))
    assert kept == {(ann.client_id, "used_unsolved"), (bob.client_id, "used_solved")}
    assert Search.objects.get().clicks == 1


def test_nothing_is_kept_of_who_has_not_agreed() -> None:
    search("refund", journey=Journey("", consent=False))
    event("read", client="", object_id=7)
    assert not Search.objects.exists()
    assert not Event.objects.exists()


def test_staff_at_the_desk_are_agents_there() -> None:
    search("refund", who="staff", channel="desk")
    search("refund", who="staff", client="user-2")
    assert set(Search.objects.values_list("kind", flat=True)) == {"agent", "staff"}


def test_a_failure_to_record_is_counted_and_never_raised(monkeypatch, caplog) -> None:
    def fail(batch):
        raise RuntimeError("no disk")

    monkeypatch.setattr(writing, "write", fail)
    before = counters.counts()["failed"]
    search("my secret question")
    assert counters.counts()["failed"] == before + 1
    assert "secret" not in caplog.text


def test_a_full_queue_drops_and_counts(monkeypatch) -> None:
    monkeypatch.setattr(recorder, "CAPACITY", 0)
    before = counters.counts()["dropped"]
    search("refund")
    assert counters.counts()["dropped"] == before + 1
    assert not Search.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_writer_thread_writes_all_that_was_recorded(settings) -> None:
    settings.JOURNEYS_WRITER = "thread"
    for i in range(200):
        search(f"question {i}", client=f"client-{i:012d}")
    deadline = time.monotonic() + 30
    while Search.objects.count() < 200 and time.monotonic() < deadline:
        time.sleep(0.05)
    recorder.flush()
    assert Search.objects.count() == 200
    connections.close_all()
