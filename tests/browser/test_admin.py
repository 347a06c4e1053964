"""The admin pages that are ours, in a real browser and two languages: no barrier that axe knows."""

import re

import pytest

from search.index import drain
from search.index.tuning.models import DictionaryWord, Pin, Synonym
from search.insights.collect import collect_all
from search.insights.models import Gap, JudgedQuery, Judgement, Proposal, RelevanceRun
from search.insights.relevance.running import run
from tests import factories
from tests.browser.barriers import barriers, barriers_at
from tests.journeys.making import search

pytestmark = pytest.mark.browser


@pytest.fixture
def addresses(server):
    """What there is to see, each page with something on it."""
    body = [{"type": "markdown", "value": "Text"}, {"type": "steps", "value": [{"text": "One"}]}]
    entry = factories.faq("How long does a refund take?", lead="Five days.", body=body)
    drain.drain_all()
    search("trade in an old kettle", total=0)
    collect_all()
    return [
        "/admin/content/",
        "/admin/content/import/",
        "/admin/insights/gaps/",
        f"/admin/insights/gaps/{Gap.objects.get().pk}/",
        "/admin/settings/cms/brandsettings/",
        "/admin/settings/journeys/journeysettings/",
        f"/admin/pages/{entry.pk}/edit/",
    ]


@pytest.fixture
def tuning_addresses(server):
    """The pages under Search tuning, each with something on it."""
    entry = factories.faq("How long does a refund take?", lead="Five days.")
    other = factories.faq("Refund of a gift", lead="To whom paid.")
    drain.drain_all()
    synonym = Synonym.objects.create(words="moneyback", synonyms="refund", locale="en")
    word = DictionaryWord.objects.create(word="退款单")
    pin = Pin(query="gift", locale="en")
    pin.entries.create(entry=other)
    pin.save()
    judged = JudgedQuery(text="refund", key="refund", locale="en")
    judged.judgements = [Judgement(entry=entry, grade=3)]
    judged.save()
    run("demand")
    proposal = Proposal.objects.create(
        kind="synonym",
        words="cash back",
        key="back cash",
        replacement="refund",
        locale="en",
        entry=entry,
        audience="public",
        people=3,
        searches=4,
    )
    sides = "".join(f"&{s}-locale=en&{s}-audience=public&{s}-spelling=on" for s in "ab")
    return [
        "/admin/tuning/synonyms/",
        "/admin/tuning/synonyms/new/",
        f"/admin/tuning/synonyms/edit/{synonym.pk}/",
        "/admin/tuning/synonyms/import/",
        "/admin/tuning/dictionary/",
        f"/admin/tuning/dictionary/edit/{word.pk}/",
        "/admin/tuning/pins/",
        f"/admin/tuning/pins/edit/{pin.pk}/",
        "/admin/tuning/proposals/",
        f"/admin/tuning/proposals/{proposal.pk}/",
        "/admin/tuning/try/",
        f"/admin/tuning/try/?q=moneyback&a-tuned=on{sides}",
        "/admin/tuning/judged/",
        f"/admin/tuning/judged/edit/{judged.pk}/",
        "/admin/tuning/relevance/",
        f"/admin/tuning/relevance/{RelevanceRun.objects.get().pk}/",
    ]


LANGUAGES = pytest.mark.parametrize(("language", "scheme"), [("en-GB", "light"), ("zh-CN", "dark")])


@LANGUAGES
def test_no_admin_page_of_ours_has_a_barrier(server, browser, addresses, language, scheme):
    page = signed_in(server, browser, language, scheme)
    found = []
    for address in addresses:
        found += barriers_at(page, server + address)
    page.set_viewport_size({"width": 360, "height": 800})
    found += barriers_at(page, server + addresses[-1])
    assert found == []


@LANGUAGES
def test_no_page_of_search_tuning_has_a_barrier(
    server, browser, tuning_addresses, language, scheme
):
    page = signed_in(server, browser, language, scheme)
    found = []
    for address in tuning_addresses:
        found += barriers_at(page, server + address)
    assert found == []


@LANGUAGES
def test_the_preview_of_an_import_with_errors_has_no_barrier(server, browser, language, scheme):
    factories.category("Help")
    page = signed_in(server, browser, language, scheme)
    page.goto(f"{server}/admin/content/import/")
    table = "question,answer,audience\nWhere?,Here.,public\n,Nothing.,public\nWho?,We.,martians\n"
    page.set_input_files(
        "[name=file]", {"name": "faq.csv", "mimeType": "text/csv", "buffer": table.encode()}
    )
    page.select_option("[name=category]", index=1)
    page.locator("form:has([name=file]) button[type=submit]").click()
    page.wait_for_url(re.compile(r"/content/import/[^/]+/$"))
    assert page.get_by_text("Where?").count()
    assert page.get_by_text("martians").count()
    assert barriers(page) == []


def signed_in(server, browser, language, scheme):
    """A page of a browser in which somebody who may do everything has signed in."""
    factories.user("ada", is_superuser=True)
    page = browser.new_context(locale=language, color_scheme=scheme).new_page()
    page.goto(f"{server}/admin/login/")
    page.locator("#id_username").fill("ada")
    page.locator("#id_password").fill("secret")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server}/admin/")
    return page
