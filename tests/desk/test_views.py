"""The desk through its addresses: who may, what they see, what is kept."""

import json

import pytest
from django.urls import reverse

from search.insights.models import Gap
from search.journeys.models import Event, Search
from tests import factories

pytestmark = pytest.mark.django_db

SECRET = "kingfisher"


@pytest.fixture
def agent(client):
    user = factories.user("anna", group="Agents")
    client.force_login(user)
    return user


@pytest.fixture
def refund(index):
    entry = factories.faq(
        "How long does a refund take?",
        lead="Five working days after the parcel has **arrived**.",
        body=[
            {"type": "markdown", "value": "## By card\n\nThe bank may need three more days."},
            {
                "type": "agents_only",
                "value": [{"type": "markdown", "value": f"Say {SECRET} to the bank."}],
            },
        ],
    )
    index.drain()
    return entry


def ask(client, question, **more):
    return client.get("/desk/search", {"q": question, "locale": "en", **more}).json()


def show(client, entry, **more):
    return client.get(f"/desk/entry/{entry.pk}", more)


def test_anonymous_people_are_asked_to_sign_in(client):
    response = client.get("/desk/")
    assert response.status_code == 302
    assert response.url == f"{reverse('sign_in')}?next=/desk/"
    assert "The desk is for agents." in client.get(response.url).content.decode()


def test_customers_are_refused(client):
    client.force_login(factories.user("carl"))
    assert client.get("/desk/").status_code == 403
    assert client.get("/desk/search", {"q": "x"}).status_code == 403
    assert client.post("/desk/event", {"action": "not_found", "q": "x"}).status_code == 403


def test_the_script_is_told_when_the_session_has_ended(client):
    assert client.get("/desk/search", {"q": "x"}).status_code == 401


def test_an_agent_may_sign_in_without_access_to_the_admin(client):
    factories.user("anna", group="Agents")
    login = reverse("sign_in")
    response = client.post(
        f"{login}?next=/desk/", {"username": "anna", "password": "secret", "next": "/desk/"}
    )
    assert response.status_code == 302
    assert client.get(response.url).status_code == 200
    assert response.url == "/desk/"


def test_the_page_shows_its_keys_and_runs_no_inline_script(client, agent):
    page = client.get("/desk/").content.decode()
    for key in ("Alt C", "Alt L", "Alt S", "Alt U", "Alt N"):
        assert f"<kbd>{key}</kbd>" in page
    assert "<script>" not in page
    assert "onclick" not in page


def test_results_come_with_the_passage_and_are_counted(client, agent, refund):
    found = ask(client, "how long refund")
    assert found["count"] == 1
    assert "<mark>" in found["html"]
    assert "How long does a refund take?" in found["said"]


def test_results_work_without_a_script(client, agent, refund):
    page = client.get("/desk/", {"q": "refund", "locale": "en"}).content.decode()
    assert refund.get_url() in page


def test_agents_find_and_see_what_is_for_agents_only_marked_as_such(client, agent, refund):
    assert ask(client, SECRET)["count"] == 1
    html = show(client, refund, q=SECRET).json()["html"]
    assert SECRET in html
    assert "z-agents-only" in html


def test_of_a_long_entry_the_piece_that_answers_comes_first(client, agent, index):
    filler = "\n\n".join(f"## Part {n}\n\n{'Much else is said here. ' * 8}" for n in range(8))
    note = {"type": "markdown", "value": f"Say {SECRET} to the bank."}
    body = [{"type": "markdown", "value": filler}, {"type": "agents_only", "value": [note]}]
    long = factories.article("Everything about refunds", lead="All of it.", body=body)
    index.drain()
    html = show(client, long, q=SECRET).json()["html"]
    assert html.index("desk-extract") < html.index("Part 0")
    assert "desk-narrow" in html
    assert "<mark>" in html


def test_a_copied_answer_carries_its_link_and_no_agents_text(client, agent, refund):
    copied = show(client, refund, q=SECRET).json()["copy"]
    assert "Five working days" in copied
    assert "**" not in copied
    assert copied.endswith(refund.get_url())
    assert SECRET not in copied


def test_an_article_is_copied_by_its_section_without_agents_text(client, agent, index):
    guide = factories.article(
        "Returning a parcel",
        lead="What to do.",
        body=[
            {"type": "markdown", "value": "## Labels\n\nPrint the label in the app."},
            {
                "type": "agents_only",
                "value": [{"type": "markdown", "value": f"Label code {SECRET} works always."}],
            },
        ],
    )
    index.drain()
    copied = show(client, guide, q=f"label {SECRET}").json()["copy"]
    assert "Print the label in the app." in copied
    assert SECRET not in copied


def test_an_agents_article_says_that_it_may_not_be_passed_on(client, agent, index):
    internal = factories.faq("Refund limits", lead="150", audience="agents")
    index.drain()
    shown = show(client, internal).json()
    assert shown["internal"] is True
    assert "do not pass it on" in shown["html"] or "do not pass on" in shown["html"]


def test_internal_entries_stay_hidden_from_agents(client, agent, index):
    hidden = factories.faq("Next year's prices", lead="more", audience="internal")
    index.drain()
    assert show(client, hidden).status_code == 410
    assert ask(client, "Next year's prices")["count"] == 0


def test_a_changed_version_is_told(client, agent, refund):
    before = client.get(f"/desk/entry/{refund.pk}/version").json()["version"]
    refund.lead = "Four working days."
    refund.save_revision().publish()
    after = client.get(f"/desk/entry/{refund.pk}/version").json()["version"]
    assert before != after
    refund.unpublish()
    assert client.get(f"/desk/entry/{refund.pk}/version").json()["version"] is None


@pytest.mark.parametrize("action", ["copy", "used_solved", "used_unsolved", "click"])
def test_what_the_agent_does_is_recorded_with_rank_and_version(client, agent, refund, action):
    query_id = ask(client, "refund")["query_id"]
    response = client.post(
        "/desk/event", {"action": action, "id": refund.pk, "rank": 1, "query_id": query_id}
    )
    assert response.status_code == 204
    event = Event.objects.get(action_name=action)
    assert (event.object_id, event.position_ordinal, event.channel) == (refund.pk, 1, "desk")
    assert event.object_version == refund.live_revision_id
    assert event.kind == "agent"


def test_not_found_becomes_a_gap_with_the_question(client, agent, refund):
    ask(client, "trade in my old kettle")
    response = client.post(
        "/desk/event", {"action": "not_found", "q": "trade in my old kettle", "locale": "en"}
    )
    assert response.status_code == 204
    assert Search.objects.get().query == "trade in my old kettle"
    gap = Gap.objects.get()
    assert gap.question == "trade in my old kettle"
    assert gap.flagged == 1


def test_actions_need_a_token_against_forgery(agent, refund):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(agent)
    assert strict.post("/desk/event", {"action": "copy", "id": refund.pk}).status_code == 403


def test_the_caller_s_language_comes_first(client, agent, index):
    english = factories.faq("Invoice", lead="In the app.")
    chinese = factories.faq("发票", lead="在 App 里。", phrasings=("invoice",), code="zh-hans")
    index.drain()
    first = ask(client, "invoice", locale="zh-hans")["html"]
    assert first.index(f"hit-{chinese.pk}") < first.index(f"hit-{english.pk}")


def test_typing_takes_a_fixed_number_of_queries(
    client, agent, index, django_assert_max_num_queries
):
    for number in range(12):
        factories.faq(f"Refund question {number}", lead="An answer about a refund.")
    index.drain()
    ask(client, "refund")
    with django_assert_max_num_queries(16):
        assert json.dumps(ask(client, "refund questions"))
