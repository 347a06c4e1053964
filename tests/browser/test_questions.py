"""A manager imports conversations, has them grouped, and looks at the groups and their words."""

import csv
import re

import pytest
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from search.insights.models import Question, QuestionGroup
from tests.browser.barriers import barriers
from tests.browser.test_alerts import look
from tests.insights.alerts.making import person
from tests.insights.questions.making import messages

pytestmark = pytest.mark.browser


@pytest.fixture
def table(tmp_path):
    """A file of questions: one row has no time, one holds a telephone number."""
    path = tmp_path / "chat.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["what they said", "time", "channel"])
        rows.writerows([text, "2026-11-20T10:00:00Z", "chat"] for _subject, text in messages())
        rows.writerow(["Please call 13812345678 about my invoice", "2026-11-20 11:00", "chat"])
        rows.writerow(["Where is my parcel today?", "the day before yesterday", "chat"])
    return path


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_from_a_file_to_groups(server, browser, settings, tmp_path, table, language):
    settings.EMBEDDINGS, settings.VAR_DIR = "off", tmp_path
    owner = person("mona", is_superuser=True)
    UserProfile.objects.update_or_create(user=owner, defaults={"preferred_language": language})
    page = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{server}/admin/insights/questions/imports/")
    page.locator("#id_username").fill("mona")
    page.locator("#id_password").fill("secret")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/imports/")
    page.locator("#id_file").set_input_files(table)
    page.locator("#id_source").fill("chat")
    page.locator("form[enctype] button[type=submit]").click()
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    # The column whose name says nothing is named by hand; the first rows stand below.
    expect(page.get_by_role("cell", name=messages()[0][1])).to_be_visible()
    page.get_by_label("what they said", exact=True).select_option("text")
    expect(page.get_by_label("time", exact=True)).to_have_value("time")
    see(page, f"columns-{language}")
    assert not Question.objects.exists()
    page.locator(".insights-scroll ~ button[type=submit]").click()
    page.wait_for_url("**/questions/imports/")
    with page.expect_download() as errors:
        page.get_by_role("link", name="1 (CSV)").click()
    assert f"\n{len(messages()) + 2}," in errors.value.path().read_text("utf-8")
    page.locator("form[action$='/group-now/'] button").click()
    page.wait_for_url("**/questions/imports/")
    see(page, f"imports-{language}")
    assert not Question.objects.filter(text__text__contains="138").exists()
    group = QuestionGroup.objects.order_by("-questions_count").first()
    page.goto(f"{server}/admin/insights/questions/")
    see(page, f"list-{language}")
    page.get_by_role("link", name=group.name).first.click()
    page.wait_for_url(f"**/questions/{group.pk}/")
    see(page, f"group-{language}")
    page.goto(f"{server}/admin/insights/class-words/")
    see(page, f"words-{language}")


def see(page, name: str) -> None:
    """Nothing sticks out of the page, wide or narrow, and axe has no objections to either."""
    look(page, f"questions-{name}")
    assert barriers(page) == [], name
    page.set_viewport_size({"width": 360, "height": 900})
    assert barriers(page) == [], name
    page.set_viewport_size({"width": 1440, "height": 900})
