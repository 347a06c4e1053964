"""Search tuning in the admin: who may, what is shown before saving, what is kept."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from search.index.tuning.models import DictionaryWord, Pin, PinnedEntry, Synonym
from tests import factories as make

from .test_effect import searched

pytestmark = pytest.mark.django_db
LISTS = ["tuning_synonyms", "tuning_dictionary", "tuning_pins"]
SYNONYM = {"words": "fb\r\nmeta", "synonyms": "Facebook", "both_ways": "on", "audience": "public"}


@pytest.fixture
def writer(client, index):
    user = make.user(group="Writers")
    client.force_login(user)
    return user


def twice(client, address: str, data: dict) -> tuple:
    """The form that shows the effect, and what comes of saving it."""
    shown = client.post(address, data)
    assert shown.status_code == 200, shown.content
    assert "seen" in shown.context, shown.context["form"].errors
    return shown, client.post(address, data | {"seen": shown.context["seen"]})


@pytest.mark.parametrize("group", ["Writers", "Reviewers", "Managers", "Administrators"])
@pytest.mark.parametrize("name", LISTS)
def test_those_who_write_tune(client, index, group: str, name: str) -> None:
    client.force_login(make.user(group=group))
    for view in ("index", "add"):
        page = client.get(reverse(f"{name}:{view}"))
        assert page.status_code == 200
        assert b"Search tuning" in page.content


def test_an_entry_is_chosen_in_the_writers_language(client, writer) -> None:
    UserProfile.objects.create(user=writer, preferred_language="zh-hans")
    page = client.get(reverse("tuning_pins:add")).content.decode()
    assert "选择一个页面" in page
    assert "Choose a page" not in page


@pytest.mark.parametrize("name", LISTS)
def test_agents_and_customers_do_not(client, index, name: str) -> None:
    for user in (make.user(group="Agents"), make.user()):
        client.force_login(user)
        for view in ("index", "add"):
            assert client.get(reverse(f"{name}:{view}")).status_code in (302, 403)
    assert client.post(reverse(f"{name}:add"), SYNONYM).status_code in (302, 403)
    assert client.post(reverse("tuning:import_synonyms")).status_code in (302, 403)
    assert not Synonym.objects.exists()


def test_a_synonym_is_saved_at_the_second_word_only(client, writer) -> None:
    searched("fb login")
    shown, saved = twice(client, reverse("tuning_synonyms:add"), SYNONYM)
    assert "effect" in shown.context
    assert b"top and failed search" in shown.content
    assert saved.status_code == 302
    row = Synonym.objects.get()
    assert (row.words, row.synonyms, row.both_ways) == ("fb\nmeta", "Facebook", True)


def test_what_was_changed_since_its_effect_was_shown_is_shown_again(client, writer) -> None:
    address = reverse("tuning_synonyms:add")
    shown = client.post(address, SYNONYM)
    changed = SYNONYM | {"synonyms": "Instagram", "seen": shown.context["seen"]}
    again = client.post(address, changed)
    assert again.status_code == 200
    assert not Synonym.objects.exists()
    assert client.post(address, changed | {"seen": again.context["seen"]}).status_code == 302


def test_bad_input_gets_a_clear_error(client, writer) -> None:
    page = client.post(reverse("tuning_synonyms:add"), SYNONYM | {"synonyms": "FB\nMETA"})
    assert b"These are the same words as above." in page.content
    page = client.post(reverse("tuning_dictionary:add"), {"word": "！"})
    assert "has no letter" in page.content.decode()
    assert not Synonym.objects.exists()


def pin_form(*entries, **more) -> dict:
    rows = {
        f"entries-{n}-{key}": value
        for n, entry in enumerate(entries)
        for key, value in {"entry": entry.pk, "ORDER": n + 1, "DELETE": ""}.items()
    }
    return (
        {
            "query": "wifi",
            "match": "exact",
            "locale": "",
            "audience": "public",
            "entries-TOTAL_FORMS": len(entries),
            "entries-INITIAL_FORMS": 0,
            "entries-MIN_NUM_FORMS": 1,
            "entries-MAX_NUM_FORMS": 10,
        }
        | rows
        | more
    )


def test_a_pin_shows_what_changes_and_whom_it_meets(client, writer, index) -> None:
    one, two = make.article("Router lights"), make.article("Modem lights")
    index.drain()
    searched("wifi", 4)
    other = Pin.objects.create(query="wifi", match=Pin.Match.CONTAINED)
    PinnedEntry.objects.create(pin=other, entry=one)
    shown, saved = twice(client, reverse("tuning_pins:add"), pin_form(two, one))
    assert [c.asked.text for c in shown.context["effect"].changes] == ["wifi"]
    assert [c.query for c in shown.context["conflicts"]] == ["wifi"]
    assert b"Other pins meet the same question" in shown.content
    assert saved.status_code == 302
    pin = Pin.objects.latest("pk")
    assert [item.entry_id for item in pin.entries.all()] == [two.pk, one.pk]
    listed = client.get(reverse("tuning_pins:index")).content.decode()
    assert listed.count(reverse("tuning_pins:edit", args=[pin.pk])) > 1


@pytest.mark.parametrize(
    ("more", "met"),
    [
        ({"locale": "zh-hans"}, False),
        ({"locale": "en"}, True),
        ({"query": "my wifi"}, True),
        ({"query": "lan"}, False),
        ({"starts": "2031-01-01 00:00"}, False),
        ({"audience": "agents"}, True),
    ],
)
def test_pins_conflict_where_one_question_meets_both(client, writer, index, more, met) -> None:
    entry = make.article("Router lights")
    other = Pin.objects.create(
        query="wifi", match="contained", locale="en", ends="2030-01-01T00:00Z"
    )
    PinnedEntry.objects.create(pin=other, entry=entry)
    shown = client.post(reverse("tuning_pins:add"), pin_form(entry, **more))
    assert bool(shown.context["conflicts"]) is met


def test_the_history_of_a_row_is_kept_after_it_is_gone(client, writer) -> None:
    twice(client, reverse("tuning_synonyms:add"), SYNONYM)
    row = Synonym.objects.get()
    edit = reverse("tuning_synonyms:edit", args=[row.pk])
    twice(client, edit, SYNONYM | {"synonyms": "Instagram"})
    page = client.get(reverse("tuning_synonyms:history", args=[row.pk]))
    assert writer.username.encode() in page.content
    asked = client.get(reverse("tuning_synonyms:delete", args=[row.pk]))
    assert "effect" in asked.context
    client.post(reverse("tuning_synonyms:delete", args=[row.pk]))
    assert not Synonym.objects.exists()
    actions = ModelLogEntry.objects.filter(object_id=str(row.pk)).values_list("action", flat=True)
    assert sorted(actions) == ["wagtail.create", "wagtail.delete", "wagtail.edit"]


def test_what_is_exported_can_be_imported(client, writer) -> None:
    Synonym.objects.create(words="fb\nmeta", synonyms="Facebook", audience="agents")
    Synonym.objects.create(words="口令", synonyms="密码", both_ways=False, locale="zh-hans")
    response = client.get(reverse("tuning_synonyms:index"), {"export": "csv"})
    text = b"".join(response.streaming_content).decode()
    before = set(
        Synonym.objects.values_list("words", "synonyms", "both_ways", "locale", "audience")
    )
    Synonym.objects.all().delete()
    address = reverse("tuning:import_synonyms")
    shown = client.post(address, {"text": text})
    assert len(shown.context["reading"].rows) == 2
    assert not Synonym.objects.exists()
    assert client.post(address, {"text": text, "save": "1"}).status_code == 302
    now = set(Synonym.objects.values_list("words", "synonyms", "both_ways", "locale", "audience"))
    assert now == before
    again = client.post(address, {"text": text, "save": "1"})
    assert again.context["reading"].known == 2
    assert Synonym.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("a,b\n1,2\n", [(1, "words, synonyms")]),
        ("words,synonyms\nfb,\nok,fine\n", [(2, "at least one word")]),
        ("words,synonyms,both_ways\nfb,facebook,perhaps\n", [(2, "neither true nor false")]),
        ("words,synonyms,locale\nfb,facebook,xx\n", [(2, "xx")]),
        ('words,synonyms\nok,fine\n"fb,facebook\n' + "a,b\n" * 40_000, [(3, "quotation mark")]),
    ],
)
def test_an_import_with_errors_names_the_lines_and_saves_nothing(
    client, writer, text: str, errors: list
) -> None:
    page = client.post(reverse("tuning:import_synonyms"), {"text": text, "save": "1"})
    found = page.context["reading"].errors
    assert [line for line, _ in found] == [line for line, _ in errors]
    for (_, said), (_, wanted) in zip(found, errors, strict=True):
        assert wanted in said
    assert not Synonym.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "words,synonyms\rfb,facebook\r",
        "Words, Synonyms\r\nfb, facebook\r\n",
        "words;synonyms\nfb;facebook\n",
        "words\tsynonyms\nfb\tfacebook\n",
    ],
)
def test_files_of_other_programs_are_read(client, writer, text: str) -> None:
    client.post(reverse("tuning:import_synonyms"), {"text": text, "save": "1"})
    row = Synonym.objects.get()
    assert (row.words, row.synonyms) == ("fb", "facebook")


def test_a_file_that_is_no_text_is_refused(client, writer, tmp_path) -> None:
    file = tmp_path / "synonyms.csv"
    file.write_bytes("words,synonyms\n口令,密码\n".encode("gb18030"))
    with file.open("rb") as opened:
        page = client.post(reverse("tuning:import_synonyms"), {"file": opened})
    assert "UTF-8" in page.content.decode()


def test_the_dictionary_shows_how_far_the_indexing_is(client, writer, index) -> None:
    make.article("云课堂", code="zh-hans")
    index.drain()
    shown, saved = twice(client, reverse("tuning_dictionary:add"), {"word": "云课堂"})
    assert shown.context["effect"].articles == 1
    assert saved.status_code == 302
    listed = client.get(reverse("tuning_dictionary:index"))
    assert b"1 still to be indexed again" in listed.content
    index.drain()
    assert b"still to be" not in client.get(reverse("tuning_dictionary:index")).content


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_as_many_queries_for_many_rows_as_for_few(
    client, writer, index, name, django_assert_max_num_queries
) -> None:
    entry = make.article("Router lights")
    counts = []
    for number in (2, 20):
        for n in range(number):
            Synonym.objects.create(words=f"a{number}{n}", synonyms="b")
            DictionaryWord.objects.create(word=f"word{number}x{n}")
            pin = Pin.objects.create(query=f"wifi {number} {n}")
            PinnedEntry.objects.create(pin=pin, entry=entry)
        client.get(reverse(f"{name}:index"))
        with django_assert_max_num_queries(40) as captured:
            client.get(reverse(f"{name}:index"))
        counts.append(len(captured))
    assert counts[0] == counts[1]
