"""The pages of alerts: who sees and does what, files, preview, and that secrets stay."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from search.insights.alerts import watching
from search.insights.alerts.models import Alert, AlertRule, Delivery, Webhook
from search.insights.metrics.calendar import today
from tests.insights.alerts.making import failing, person, rule
from tests.insights.alerts.test_webhooks import SECRET, private, receiver  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert():
    """An open alert, owned by a manager."""
    rule(owner=person("mona"), notes="Look at the index.")
    failing(1, 50)
    watching.watch()
    return Alert.objects.get()


def sign_in(client, group: str):
    user = person(group.lower(), group)
    client.force_login(user)
    return user


def form(**changes) -> dict:
    """What the editor of rules sends."""
    row = {"joined": "and", "measure": "no_answer", "gap": "", "comparison": "value", "id": ""}
    row |= {"operator": "above", "threshold": "30", "hours": "1", "minimum": "20", "ORDER": "1"}
    row |= {"DELETE": ""}
    data = {f"conditions-0-{name}": value for name, value in row.items()}
    counts = {"TOTAL": 1, "INITIAL": 0, "MIN_NUM": 1, "MAX_NUM": 10}
    data |= {f"conditions-{name}_FORMS": value for name, value in counts.items()}
    for name in ("locale", "channel", "category", "audience", "notes", "owner"):
        data[name] = ""
    data |= {"name": "No answers", "level": "warning", "active": "on", "lasting": "1"}
    return data | {"words_for": "internal", "by_mail": "on", "in_admin": "on"} | changes


@pytest.mark.parametrize(
    ("group", "sees", "works"),
    [
        ("Managers", True, True),
        ("Administrators", True, True),
        ("Writers", True, False),
        ("Reviewers", True, False),
        ("Agents", False, False),
    ],
)
def test_managers_own_and_others_look(client, alert, group, sees, works):
    sign_in(client, group)
    pages = [reverse("alerts:alerts"), reverse("alerts:alert", args=[alert.pk])]
    for page in [*pages, reverse("alert_rules:index")]:
        assert (client.get(page).status_code == 200) == sees, page
    assert (client.get(reverse("alert_rules:add")).status_code == 200) == works
    assert (client.get(reverse("alert_webhooks:index")).status_code == 200) == works
    assert (client.post(reverse("alerts:preview"), form()).status_code == 200) == works
    client.post(reverse("alerts:action", args=[alert.pk, "acknowledge"]))
    alert.refresh_from_db()
    assert (alert.state == "acknowledged") == works
    shown = client.get(pages[1]).content.decode() if sees else ""
    assert ("Keep the note" in shown) == works


def test_an_alert_is_acknowledged_noted_assigned_followed_up_and_closed(client, alert):
    other = person("otto")
    sign_in(client, "Managers")

    def does(action: str, **data):
        return client.post(reverse("alerts:action", args=[alert.pk, action]), data, follow=True)

    does("acknowledge")
    does("note", note="Rebuilt the index")
    does("assign", owner=other.pk)
    does("follow_up", day=today().isoformat())
    assert b"has passed" in does("follow_up", day="2001-01-01").content
    assert b"no day" in does("follow_up", day="soon").content
    page = does("close", note="Done").content.decode()
    alert.refresh_from_db()
    assert (alert.state, alert.owner, alert.follow_up) == ("closed", other, today())
    for text in ("Rebuilt the index", "Done", "Acknowledged", "Look at the index."):
        assert text in page
    steps = ["closed", "follow_up", "assigned", "noted", "acknowledged", "opened"]
    assert list(alert.steps.values_list("action", flat=True)) == steps


def test_whoever_may_not_own_alerts_is_not_given_one(client, alert):
    sign_in(client, "Managers")
    agent = person("ann", "Agents")
    url = reverse("alerts:action", args=[alert.pk, "assign"])
    client.post(url, {"owner": agent.pk})
    alert.refresh_from_db()
    assert alert.owner.username == "mona"


def test_a_rule_is_made_in_the_editor(client):
    user = sign_in(client, "Managers")
    answer = client.post(reverse("alert_rules:add"), form(owner=user.pk, people=[user.pk]))
    assert answer.status_code == 302, answer.context["form"].errors
    made = AlertRule.objects.get()
    assert made.conditions.get().threshold == 30
    assert list(made.people.all()) == [user]
    page = client.get(reverse("alert_rules:index")).content.decode()
    assert "No-answer rate over 1 hour is above 30.0 %" in page


def test_an_edited_rule_is_decided_anew(client, alert):
    user = sign_in(client, "Managers")
    made = alert.rule
    made.refresh_from_db()
    assert made.holds
    kept = {"conditions-0-id": made.conditions.get().pk, "conditions-INITIAL_FORMS": 1}
    data = form(owner=user.pk, **kept) | {"conditions-0-threshold": "60"}
    assert client.post(reverse("alert_rules:edit", args=[made.pk]), data).status_code == 302
    made.refresh_from_db()
    assert (made.holds, made.decided) == (False, None)


def test_the_preview_shows_what_is_in_the_form_and_saves_nothing(client):
    user = sign_in(client, "Managers")
    for hours in (5, 6, 40):
        failing(hours, 50)
    for hours in (4, 39):
        failing(hours, 0)
    page = client.post(reverse("alerts:preview"), form(owner=user.pk)).content.decode()
    assert "2 alerts in the last 90 days" in " ".join(page.split())
    assert page.count("<rect") >= 90
    wrong = form(name="") | {"conditions-0-threshold": "x"}
    page = client.post(reverse("alerts:preview"), wrong).content.decode()
    assert "not complete" in page
    assert not AlertRule.objects.exists()


def test_groups_cannot_be_narrowed_by_category(client, index):
    from tests import factories

    sign_in(client, "Managers")
    data = form(category=factories.category("Orders").pk)
    data["conditions-0-measure"] = "group_intents"
    page = client.post(reverse("alerts:preview"), data).content.decode()
    assert "Groups are not counted by category." in page
    assert "Categories are counted by day" in page


def test_files_hold_what_the_list_shows(client, alert):
    sign_in(client, "Writers")
    url = reverse("alerts:alerts")
    text = b"".join(client.get(url, {"export": "csv"}).streaming_content).decode()
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["Alert"] == "No answers"
    assert row["State"] == "Open"
    assert "50.0 %" in row["What was found"]
    book = load_workbook(io.BytesIO(client.get(url, {"export": "xlsx"}).getvalue()))
    head, cells = book.active.iter_rows(values_only=True)
    assert cells[head.index("Alert")] == "No answers"
    assert "No answers" in client.get(url).content.decode()


def test_the_list_costs_as_many_queries_for_many_as_for_one(client, alert):
    sign_in(client, "Managers")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("alerts:alerts")).status_code == 200
        return len(captured)

    queries()
    one = queries()
    for number in range(10):
        made = rule(name=f"Rule {number}", owner=person(f"owner{number}"))
        alert.pk, alert.rule, alert.owner = None, made, made.owner
        alert.save()
    assert queries() == one


def test_the_first_page_shows_alerts_to_those_they_are_meant_for(client, alert):
    home = reverse("wagtailadmin_home")
    sign_in(client, "Reviewers")
    assert b"Alerts for you" not in client.get(home).content
    client.force_login(alert.owner)
    assert b"Alerts for you" in client.get(home).content


def test_a_secret_is_written_and_never_read(client):
    sign_in(client, "Managers")
    data = {"name": "Pager", "url": "https://example.com/hook?key=k3y", "secret": "short"}
    data |= {"audience": "public", "active": "on"}
    assert client.post(reverse("alert_webhooks:add"), data).status_code == 200
    assert client.post(reverse("alert_webhooks:add"), data | {"secret": SECRET}).status_code == 302
    made = Webhook.objects.get()
    edit = reverse("alert_webhooks:edit", args=[made.pk])
    for page in (edit, reverse("alert_webhooks:index")):
        assert SECRET not in client.get(page).content.decode()
    listed = client.get(reverse("alert_webhooks:index")).content.decode()
    assert "example.com" in listed
    assert "k3y" not in listed
    assert client.post(edit, data | {"secret": "", "name": "Beeper"}).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.secret) == ("Beeper", SECRET)


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://2130706433/", "http://example.com"])
def test_a_private_address_is_refused_in_the_form(client, url):
    sign_in(client, "Managers")
    data = {"name": "Pager", "url": url, "secret": SECRET, "audience": "public"}
    assert client.post(reverse("alert_webhooks:add"), data).status_code == 200
    assert not Webhook.objects.exists()


def test_a_test_message_says_what_came_of_it(client, receiver, private):  # noqa: F811
    sign_in(client, "Managers")
    made = Webhook.objects.create(name="Pager", url=receiver.url, secret=SECRET)
    url = reverse("alerts:test", args=[made.pk])
    assert b"has taken the test" in client.post(url, follow=True).content
    receiver.status = 500
    assert b"status 500" in client.post(url, follow=True).content
    assert [row.state for row in Delivery.objects.order_by("created")] == ["sent", "given_up"]


def test_what_was_given_up_is_sent_again(client, alert):
    sign_in(client, "Managers")
    Delivery.objects.update(state="given_up", attempts=7, error="x")
    client.post(reverse("alerts:action", args=[alert.pk, "again"]))
    assert set(Delivery.objects.values_list("state", "attempts")) == {("waiting", 0)}


def test_a_condition_on_a_group_keeps_to_figures_that_have_groups(client):
    sign_in(client, "Managers")
    page = client.post(reverse("alerts:preview"), form() | {"conditions-0-gap": "999"})
    assert b"not complete" in page.content
