"""The JSON API: what it answers, to whom, and how it says no."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command

from cms.tokens.access import create
from search.journeys.models import Search
from search.lookup.schemas import SearchOut, SuggestOut
from tests import factories as make

SEARCH = "/api/v1/search"


@pytest.fixture
def centre(index):
    make.faq("How do I return a parcel?", lead="Within 30 days.")
    make.article("Margins", body="The walrus margin of a parcel.", audience="agents")
    index.drain()
    return index


@pytest.fixture
def agent(db):
    user = make.user("agent")
    user.user_permissions.add(Permission.objects.get(codename="see_agents"))
    return user


def bearer(user) -> dict:
    return {"headers": {"Authorization": f"Bearer {create(user, 'test')}"}}


def test_a_search_has_the_fields_that_programs_rest_on(client, centre):
    answer = client.get(SEARCH, {"q": "return a parcel", "locale": "en"})
    assert answer.status_code == 200
    body = answer.json()
    assert {"query_id", "answered", "total", "rescue", "did_you_mean", "hits", "facets"} <= {*body}
    hit = body["hits"][0]
    expected = {"id", "family", "title", "url", "kind", "locale", "section", "passage", "score"}
    assert {*hit} == expected
    assert hit["title"] == "How do I return a parcel?"
    assert body["total"] == 1
    assert body["facets"]["kind"] == [{"value": "faq", "label": "FAQ entry", "count": 1}]


def test_a_search_is_recorded_as_the_callers(client, centre):
    query_id = client.get(SEARCH, {"q": "return parcel"}).json()["query_id"]
    row = Search.objects.get(query_id=query_id)
    assert (row.channel, row.query, row.answered) == ("api", "return parcel", True)


def test_suggestions_and_articles(client, centre):
    found = client.get("/api/v1/suggest", {"q": "retu"}).json()["suggestions"]
    assert found[0]["kind"] == "answer"
    hit = client.get(SEARCH, {"q": "return"}).json()["hits"][0]
    article = client.get(f"/api/v1/articles/{hit['id']}").json()
    assert article["text"] == "Within 30 days."
    assert article["lead_html"] == "<p>Within 30 days.</p>"


def test_a_token_sees_what_its_owner_sees_and_nobody_else_does(client, centre, agent):
    for who, total in ((bearer(agent), 1), (bearer(make.user("customer")), 0), ({}, 0)):
        body = client.get(SEARCH, {"q": "walrus margin"}, **who).json()
        assert body["total"] == total
        assert ("Margins" in json.dumps(body)) is bool(total)
    margins = client.get(SEARCH, {"q": "walrus"}, **bearer(agent)).json()["hits"][0]["id"]
    assert client.get(f"/api/v1/articles/{margins}").status_code == 404
    assert client.get(f"/api/v1/articles/{margins}", **bearer(agent)).status_code == 200


def test_a_session_counts_only_for_calls_from_this_site(client, centre, agent):
    client.force_login(agent)
    asked = {"q": "walrus margin"}
    assert client.get(SEARCH, asked).json()["total"] == 0
    for site, total in (("same-origin", 1), ("cross-site", 0), ("none", 0)):
        answer = client.get(SEARCH, asked, headers={"Sec-Fetch-Site": site})
        assert answer.json()["total"] == total


def test_answers_are_not_kept_for_others(client, centre):
    answer = client.get(SEARCH, {"q": "parcel"})
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert "Authorization" in answer["Vary"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{SEARCH}?q=a&limit=51", 400),
        (f"{SEARCH}?q=a&limit=x", 400),
        (f"{SEARCH}?q=a&locale=fr", 400),
        (f"{SEARCH}?q={'a' * 501}", 400),
        (f"{SEARCH}?q=a&offset=-1", 400),
        (f"{SEARCH}?q=a&category=99999999999999999999999", 400),
        ("/api/v1/articles/999999", 404),
        ("/api/v1/articles/99999999999999999999999999", 404),
        ("/api/v1/articles/x", 404),
        ("/api/v1/nothing", 404),
    ],
)
def test_errors_are_problem_details(client, centre, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_a_method_that_is_not_known_is_a_problem_too(client, centre):
    answer = client.post(SEARCH)
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Allow"] == "GET"
    assert answer.json()["title"] == "Method not allowed"


@pytest.mark.parametrize(("tag", "title"), [("zh-CN", "请求有误"), ("zh-TW", "請求有誤")])
def test_errors_are_told_in_the_callers_language_and_name_the_value(client, centre, tag, title):
    events = [{"action_name": "read", "object_id": 1}, {"action_name": "dance"}]
    answer = client.post(
        "/api/v1/events",
        events,
        content_type="application/json",
        headers={"accept-language": tag},
    ).json()
    assert answer["title"] == title
    assert "body.1.action_name" in [error["pointer"] for error in answer["errors"]]
    unreadable = client.post(
        "/api/v1/events", "{", content_type="application/json", headers={"accept-language": tag}
    ).json()
    assert "Cannot" not in unreadable["detail"]


def test_a_wrong_token_is_refused(client, centre):
    answer = client.get(SEARCH, {"q": "a"}, headers={"Authorization": "Bearer no"})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["status"] == 401


def test_a_failure_inside_says_so_without_details(client, centre, monkeypatch):
    def fail(*_):
        raise RuntimeError("secret path")

    monkeypatch.setattr("search.lookup.api.search", fail)
    answer = client.get(SEARCH, {"q": "a"})
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()


def test_the_documentation_is_served_without_other_hosts(client, db):
    schema = client.get("/api/v1/openapi.json").json()
    assert "/api/v1/search" in schema["paths"]
    page = client.get("/api/v1/docs").content.decode()
    assert "//" not in page.replace("http://www.w3.org", "").replace("http://testserver", "")


def test_a_command_makes_tokens(client, centre, agent):
    out = StringIO()
    call_command("create_api_token", "agent", stdout=out, stderr=StringIO())
    header = {"Authorization": f"Bearer {out.getvalue().strip()}"}
    assert client.get(SEARCH, {"q": "walrus"}, headers=header).json()["total"] == 1
    with pytest.raises(CommandError, match="no active user"):
        call_command("create_api_token", "nobody", stdout=out)


def test_the_shell_searches_with_the_same_service(centre):
    out = StringIO()
    call_command("search", "walrus margin", audience="agents", json=True, explain=True, stdout=out)
    body = json.loads(out.getvalue())
    assert body["hits"][0]["title"] == "Margins"
    assert body["explanation"]["tokens"][0]["token"] == "walrus"
    plain = StringIO()
    call_command("search", "walrus", stdout=plain)
    assert "0 hits, not answered" in plain.getvalue()


def test_what_is_written_by_hand_has_the_form_that_the_documentation_promises(client, centre):
    for asked in ({"q": "return a parcel"}, {"q": "return something nobody wrote of"}, {"q": ""}):
        for name, schema in (("search", SearchOut), ("suggest", SuggestOut)):
            for _ in range(2):  # the second time it is remembered
                body = client.get(f"/api/v1/{name}", asked).json()
                promised = schema.model_validate(body).model_dump(mode="json")
                assert promised == body


def ask(client, q: str, locale: str = "en", **more):
    body = {"q": q, "locale": locale}
    return client.post("/api/v1/answer", body, content_type="application/json", **more)


def test_an_answer_is_a_passage_to_be_cited(client, centre):
    body = ask(client, "How do I return a parcel?").json()
    assert body["answered"] is True
    passage = body["passages"][0]
    assert {*passage} == {
        *("id", "version", "title", "url", "locale", "section", "text", "confidence")
    }
    assert (passage["text"], passage["confidence"]) == ("Within 30 days.", 1.0)
    assert passage["url"].startswith("http://testserver/en/")
    assert client.get(passage["url"]).status_code == 200
    live = client.get(f"/api/v1/articles/{passage['id']}").json()
    assert passage["version"] == live["version"]
    assert Search.objects.get(query_id=body["query_id"]).answered


def test_a_question_without_an_answer_is_refused_and_recorded(client, centre):
    body = ask(client, "Do you repair umbrellas parcel").json()
    assert (body["answered"], body["passages"]) == (False, [])
    assert [near["title"] for near in body["nearest"]] == ["How do I return a parcel?"]
    assert body["contact"] == "http://testserver/en/contact/"
    assert client.get(body["contact"]).status_code == 200
    assert not Search.objects.get(query_id=body["query_id"]).answered


def test_an_answer_is_of_its_caller_s_audience(client, centre, agent):
    assert ask(client, "walrus margin").json()["answered"] is False
    assert ask(client, "walrus margin", **bearer(agent)).json()["passages"][0]["title"] == "Margins"


def test_an_answer_needs_a_question(client, centre):
    for body in ({}, {"q": " "}, {"q": "x" * 501}, {"q": "x", "locale": "fr"}):
        answer = client.post("/api/v1/answer", body, content_type="application/json")
        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"
    assert "/api/v1/answer" in client.get("/api/v1/openapi.json").json()["paths"]
