"""Pages that say what went wrong: in the reader's language, and with a way on."""

from __future__ import annotations

import pytest
from django.core.exceptions import SuspiciousOperation
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from search.journeys import limits
from search.lookup import views
from tests import factories

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
TAGS = {"en": "en", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}
SAID = {
    "missing": {"en": "Page not found", "zh-hans": "页面不存在", "zh-hant": "找不到頁面"},
    "forbidden": {
        "en": "You may not see this page",
        "zh-hans": "您无权查看此页面",
        "zh-hant": "您沒有權限查看此頁面",
    },
    "forged": {
        "en": "Please send it once more",
        "zh-hans": "请再提交一次",
        "zh-hant": "請再送出一次",
    },
    "broken": {
        "en": "Something went wrong here",
        "zh-hans": "我们这里出了点问题",
        "zh-hant": "我們這裡出了點問題",
    },
    "odd": {
        "en": "This request could not be understood",
        "zh-hans": "无法理解这个请求",
        "zh-hant": "無法理解這個請求",
    },
    "many": {"en": "Too many requests", "zh-hans": "请求过多", "zh-hant": "請求過多"},
}


def shows(response, status: int, kind: str, language: str) -> str:
    page = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{TAGS[language]}"' in page
    assert f"<h1>{SAID[kind][language]}</h1>" in page
    assert f'href="/{language}/"' in page
    assert f'href="/{language}/contact/"' in page
    return page


@LANGUAGES
def test_what_is_not_there(client, index, language):
    shows(client.get(f"/{language}/nothing/"), 404, "missing", language)


@LANGUAGES
def test_what_is_for_others(client, index, language):
    client.force_login(factories.user("carl"))
    response = client.get("/desk/", headers={"accept-language": TAGS[language]})
    shows(response, 403, "forbidden", language)


@LANGUAGES
def test_a_form_that_has_expired(index, language):
    strict = Client(enforce_csrf_checks=True)
    message = {"message": "Where is it?", "reply_to": "ann@example.com"}
    shows(strict.post(f"/{language}/contact/", message), 403, "forged", language)


@LANGUAGES
def test_too_many_requests(client, index, settings, monkeypatch, language):
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_000_020.0)
    settings.REQUEST_LIMITS = {**settings.REQUEST_LIMITS, "search": (0, 60)}
    shows(client.get(f"/{language}/search/?q=x"), 429, "many", language)


@LANGUAGES
@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [(RuntimeError("secret path"), 500, "broken"), (SuspiciousOperation("odd"), 400, "odd")],
)
def test_a_fault_is_told_without_details(index, monkeypatch, language, error, status, kind):
    def fail(_query):
        raise error

    monkeypatch.setattr(views, "search", fail)
    client = Client(raise_request_exception=False)
    page = shows(client.get(f"/{language}/search/?q=x"), status, kind, language)
    assert "secret" not in page


@pytest.mark.parametrize("template", ["500.html", "400.html"])
def test_a_fault_is_told_without_the_database(django_assert_num_queries, template):
    with django_assert_num_queries(0), translation.override("en"):
        assert "/en/contact/" in render_to_string(template)
