"""Who is recognised, and what is kept in the browser."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.http import HttpResponse, JsonResponse
from django.test import RequestFactory

from search.journeys.crawlers import is_crawler
from search.journeys.models import JourneySettings
from search.journeys.visitor import VisitorMiddleware, journey_of

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"


def visit(user=None, cookies=None, secure=False, response=None, **headers):
    request = RequestFactory().get("/en/", secure=secure, headers=headers)
    request.user = user or AnonymousUser()
    request.COOKIES.update(cookies or {})
    answer = VisitorMiddleware(lambda r: response or HttpResponse("<p>"))(request)
    return request, answer


def test_a_new_visitor_gets_a_random_cookie_for_a_year() -> None:
    request, response = visit(secure=True)
    cookie = response.cookies["zhida_client"]
    assert cookie.value == request.journey.client_id
    assert len(cookie.value) >= 16
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 365 * 24 * 3600


def test_a_returning_visitor_is_the_same_and_gets_no_new_cookie() -> None:
    request, response = visit(cookies={"zhida_client": "abcdefghijklmnopqrstuvwx"})
    assert request.journey.client_id == "abcdefghijklmnopqrstuvwx"
    assert "zhida_client" not in response.cookies


def test_a_forged_cookie_is_not_taken_over() -> None:
    request, _ = visit(cookies={"zhida_client": "'; drop"})
    assert request.journey.client_id != "'; drop"


def test_an_answer_in_json_sets_the_cookie_only_where_the_visitor_was_asked_for() -> None:
    _, response = visit(response=JsonResponse({}))
    assert "zhida_client" not in response.cookies


def test_before_consent_nothing_is_set_and_nothing_recorded() -> None:
    JourneySettings.objects.create(consent_required=True)
    request, response = visit()
    assert not request.journey.recorded
    assert "zhida_client" not in response.cookies
    request, response = visit(cookies={"zhida_consent": "yes"})
    assert request.journey.recorded
    assert "zhida_client" in response.cookies


def test_withdrawn_consent_takes_the_cookie_away() -> None:
    JourneySettings.objects.create(consent_required=True)
    _, response = visit(cookies={"zhida_client": "abcdefghijklmnopqrstuvwx"})
    assert response.cookies["zhida_client"].value == ""


def test_crawlers_staff_and_agents_are_told_apart() -> None:
    googlebot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
    robot, response = visit(**{"User-Agent": googlebot})
    assert robot.journey.kind == "robot"
    assert "zhida_client" not in response.cookies
    agent = User.objects.create(username="agent")
    agent.user_permissions.add(Permission.objects.get(codename="see_agents"))
    assert visit(user=agent)[0].journey.kind == "agent"
    writer = User.objects.create(username="writer")
    writer.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert visit(user=writer)[0].journey.kind == "staff"
    assert visit(user=User.objects.create(username="ann"))[0].journey.kind == "customer"


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)",
        "Mozilla/5.0 AppleWebKit/537.36 (compatible; GPTBot/1.0; +https://openai.com/gptbot)",
        "Mozilla/5.0 (compatible; Bytespider; spider-feedback@bytedance.com)",
        "Mozilla/5.0 (compatible; YisouSpider/5.0)",
        "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    ],
)
def test_known_crawlers_are_crawlers(agent: str) -> None:
    assert is_crawler(agent)


@pytest.mark.parametrize(
    "agent",
    [
        CHROME,
        "",
        CHROME.replace("Chrome/", "HeadlessChrome/"),
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15"
        " MicroMessenger/8.0.38 NetType/WIFI Language/zh_CN",
        "python-requests/2.31.0",
        "curl/8.5.0",
    ],
)
def test_people_and_programs_that_ask_for_them_are_not(agent: str) -> None:
    assert not is_crawler(agent)


def test_the_journey_of_a_request_is_one_and_the_same() -> None:
    request, _ = visit()
    assert journey_of(request) is journey_of(request)
