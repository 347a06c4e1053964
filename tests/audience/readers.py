"""Those who look: each with a browser, a token and the audience that is his."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.test import Client

from cms.tokens.access import create
from content.audience import Audience
from tests import factories as make


@dataclass(frozen=True)
class Reader:
    """One person; ``token`` is "" for one who has not signed in."""

    name: str
    audience: Audience
    token: str = ""
    browser: Client = field(default_factory=Client)

    def get(self, path: str, **headers: str):
        """As a page of the site asks: the session counts."""
        return self.browser.get(path, headers={"Sec-Fetch-Site": "same-origin", **headers})

    def post(self, path: str, data: dict, **more: str):
        """A form, or JSON where ``content_type`` says so."""
        return self.browser.post(path, data, headers={"Sec-Fetch-Site": "same-origin"}, **more)

    def call(self, path: str):
        """As a program asks: the token counts."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return Client().get(path, headers=headers)


def anonymous() -> Reader:
    """Nobody in particular."""
    return Reader("anonymous", Audience.PUBLIC)


def customer() -> Reader:
    """Signed in, and no more."""
    return _signed_in("customer", Audience.CUSTOMERS, "")


def agent() -> Reader:
    """Somebody of the group Agents."""
    return _signed_in("agent", Audience.AGENTS, "Agents")


def _signed_in(name: str, audience: Audience, group: str) -> Reader:
    user = make.user(group=group)
    reader = Reader(name, audience, create(user, name))
    reader.browser.force_login(user)
    assert Audience.of(user) is audience
    return reader
