"""Pages of Insights say what is wrong with an address or a form; none of them breaks."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.insights.coverage.making import frequent
from tests.insights.departments.making import gap

pytestmark = pytest.mark.django_db

HUGE = "99999999999999999999"
QUERIES = [
    "p=99999&page=99999",
    f"p={HUGE}&page={HUGE}&page=-1",
    "p=-1&page=0&p=abc",
    "from=2026-02-30&to=yesterday&since=x&until=y",
    "from=2026-05-01&to=2026-01-01",
    "from=0001-01-01&to=9999-12-31",
    "period=nonsense&days=-5&compare=what",
    f"locale=xx&channel=%00&audience=nobody&category={HUGE}",
    f"state=nonsense&owner=abc&owner={HUGE}&diagnosis=zzz&kind=1&reason=%27&coverage=x",
    "ordering=nothing&q=%00%F0%9F%92%A9&table=none&list=none&rows=none&question=x&entry=abc",
    f"entry={HUGE}&question={HUGE}&asked=x&created_from=x&created_to=2026-13-01",
    "export=xlsx&table=none",
    "export=exe",
]
PLAIN = (
    *("insights:gaps", "insights:gaps_results", "questions:index", "questions:results"),
    *("questions:imports", "alerts:alerts", "alerts:alerts_results", "departments:digests"),
    *("figures:overview", "figures:searches", "figures:coverage", "figures:content"),
    *("figures:agents", "proposals:index", "proposals:results", "relevance:index"),
)

#: Addresses of forms, below Insights, and the rows that belong to them.
FORMS = {
    "owner-rules": "", "departments": "", "touchpoints": "rules", "alert-rules": "conditions"
}  # fmt: skip


@pytest.fixture
def manager(client):
    client.force_login(get_user_model().objects.create_superuser("mona", password="secret"))
    client.raise_request_exception = False
    return client


def broken(answers) -> list:
    """What broke: an answer of the server's own fault."""
    return [(told, answer.status_code) for told, answer in answers if answer.status_code >= 500]


def posted(manager, addresses: dict[str, str], fields: tuple[str, ...]) -> list:
    """The answers to every bad value in all fields, at each of the addresses, by name."""
    return [
        ((name, value[:20]), manager.post(address, dict.fromkeys(fields, value)))
        for name, address in addresses.items()
        for value in BAD
    ]


def test_no_address_of_a_list_or_report_breaks_it(manager, index):
    frequent("Returns", {"How do I return it?": 3})
    gap("How do I return it?")
    pages = [reverse(name) for name in PLAIN]
    pages += [reverse("figures:figure", args=[key]) for key in ("searches", "no_answer", "covered")]
    asked = [f"{page}?{query}" for page in pages for query in QUERIES]
    assert broken((address, manager.get(address)) for address in asked) == []


def test_no_number_in_an_address_breaks_it(manager, db):
    pages = [
        *("gaps/{}/", "effects/{}/", "questions/{}/", "questions/imports/{}/", "digests/{}/"),
        *("questions/imports/{}/errors/", "alerts/{}/"),
    ]
    asked = [f"/admin/insights/{page.format(pk)}" for page in pages for pk in (0, 987654, HUGE)]
    answers = [(address, manager.get(address)) for address in asked]
    assert broken(answers) == []
    assert {answer.status_code for _, answer in answers} <= {404, 302, 405}


BAD = ["", "abc", "-1", "0", HUGE, "\0", "x" * 5000, "2026-02-30", "9999-12-31", "0001-01-01", "💩"]


def test_no_decision_on_a_gap_breaks(manager, index):
    made = gap("How do I return it?")
    fields = ("owner", "due", "entry", "category", "comment", "note", "other", "own")
    actions = (
        *("assign", "due", "link", "comment", "ignore", "reopen", "join", "split", "phrase"),
        *("diagnose", "ask", "translate", "revise", "write", "take"),
    )
    addresses = {
        action: reverse("insights:gap_action", args=[made.pk, action]) for action in actions
    }
    assert broken(posted(manager, addresses, fields)) == []
    assert manager.get(reverse("insights:gap", args=[made.pk])).status_code == 200
    assert manager.get(reverse("insights:gaps")).status_code == 200


def test_no_decision_on_a_frequent_question_breaks(manager, index):
    group = frequent("Returns", {"How do I return it?": 3, "return my order": 2})
    fields = ("other", "text", "name", "kind", "note", "owner")
    actions = ("merge", "split", "rename", "classify", "ignore", "reopen", "assign", "check")
    addresses = {action: reverse("questions:decide", args=[group.pk, action]) for action in actions}
    assert broken(posted(manager, addresses, fields)) == []
    assert manager.get(reverse("questions:group", args=[group.pk])).status_code == 200


@pytest.mark.parametrize("form", FORMS)
def test_no_form_breaks_and_what_was_written_is_still_there(manager, index, form):
    address, rows = f"/admin/insights/{form}/new/", FORMS[form] or "none"
    page = manager.get(address).content.decode()
    names = re.findall(r'name="([\w\-]+)"', page)
    asked = []
    for value in BAD:
        given = dict.fromkeys(names, value)
        given |= {f"{rows}-TOTAL_FORMS": "1", f"{rows}-INITIAL_FORMS": "0"}
        for name in ("category", "group", "measure", "threshold", "hours", "minimum"):
            given[f"{rows}-0-{name}"] = value
        given |= {f"{rows}-0-ORDER": "1", f"{rows}-0-id": ""}
        asked.append((value, manager.post(address, given)))
    assert broken(asked) == []
    again = [(value, a.content.decode()) for value, a in asked if a.status_code == 200 and value]
    assert again
    lost = [value[:20] for value, page in again if value.strip("\0") not in page]
    assert lost == []


@pytest.mark.parametrize("counter", ["TOTAL_FORMS", "INITIAL_FORMS"])
@pytest.mark.parametrize("value", ["abc", "", "-1", "1000000000", HUGE, "\0", "１"])
def test_a_form_with_a_wrong_counter_of_rows_is_refused_at_once(manager, index, counter, value):
    given = {"conditions-TOTAL_FORMS": "0", "conditions-INITIAL_FORMS": "0", "name": "Rule"}
    answer = manager.post(
        "/admin/insights/alert-rules/new/", given | {f"conditions-{counter}": value}
    )
    if value == "１":  # a full-width one is a number, and one row may have been sent
        assert answer.status_code == 200
    else:
        assert answer.status_code == 400
        assert "could not be understood" in answer.content.decode()


def test_a_number_too_large_is_no_valid_choice(manager, index):
    given = {"conditions-TOTAL_FORMS": "0", "conditions-INITIAL_FORMS": "0", "name": "Rule"}
    page = manager.post(
        "/admin/insights/alert-rules/new/", given | {"category": HUGE, "people": [HUGE]}
    )
    errors = page.context["form"].errors
    assert set(errors) >= {"category", "people"}
