"""Every hostile text on one page of a real browser: none runs, loads or takes a name."""

import pytest

from content import markdown
from tests.content.hostile import PAYLOADS

pytestmark = pytest.mark.browser
ADDRESS = "http://zhida.test/"


@pytest.fixture
def page(browser):
    return browser.new_page()


def test_no_hostile_text_runs_in_a_browser(page):
    ran, loaded = [], []
    bodies = "\n".join(
        f'<section data-n="{n}">{markdown.render(text)}</section>'
        for n, text in enumerate(PAYLOADS)
    )
    document = f"<!doctype html><meta charset=utf-8><title>x</title><body>{bodies}</body>"

    def answer(route):
        if route.request.url == ADDRESS:
            route.fulfill(body=document, content_type="text/html; charset=utf-8")
        else:
            loaded.append(route.request.url)
            route.fulfill(status=404, body="")

    page.expose_function("ran", lambda *args: ran.append(args))
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.route("**/*", answer)
    page.add_init_script("window.before = new Set(Object.getOwnPropertyNames(window))")
    page.goto(ADDRESS)
    assert page.locator("section").count() == len(PAYLOADS)
    events = (
        "click mouseover focus focusin blur toggle error load pointerenter copy keydown".split()
    )
    page.evaluate(
        """events => {
            for (const link of document.links)
                link.addEventListener('click', event => event.preventDefault());
            for (const element of document.body.querySelectorAll('*'))
                for (const name of events) element.dispatchEvent(new Event(name, {bubbles: true}));
        }""",
        events,
    )
    page.wait_for_timeout(500)
    protocols = page.evaluate("[...new Set([...document.links].map(link => link.protocol))]")
    clobbered = page.evaluate(
        "[...document.querySelectorAll('[id],[name]')].map(e => e.id || e.getAttribute('name'))"
        ".filter(name => before.has(name) || name in document)"
    )
    assert ran == []
    assert set(protocols) <= {"http:", "https:", "mailto:", "tel:"}
    assert clobbered == []
    assert [url for url in loaded if not url.startswith(ADDRESS)] == []
    assert page.url.startswith(ADDRESS)
