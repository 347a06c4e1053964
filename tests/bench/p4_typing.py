"""P4: as-you-type over HTTP, twenty agents at five keys a second."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from .http_load import paced
from .questions import questions
from .site import prepare, served
from .timing import percentiles

GOAL_MS = 50.0
AGENTS, A_SECOND, SECONDS = 20, 5.0, 20


def run(size: int) -> dict[str, Any]:
    """p50, p95 and p99 in milliseconds from the key to the whole answer."""
    prepare(size)
    headers = [{"Authorization": f"Bearer {_token(number)}"} for number in range(AGENTS)]
    keystrokes = [_typed(number) for number in range(AGENTS)]
    with served() as server:
        address = server.address
        paced(address, [keys[:15] for keys in keystrokes], A_SECOND, headers)
        times = paced(address, keystrokes, A_SECOND, headers)
    figures = percentiles(times)
    return {
        "articles": size,
        "agents": AGENTS,
        "keys a second": A_SECOND,
        "suggest": figures,
        "goal p95 ms": GOAL_MS,
        "reached": figures["p95"] <= GOAL_MS,
    }


def _token(number: int = 0) -> str:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Permission

    from cms.tokens.access import create

    agent, _ = get_user_model().objects.get_or_create(username=f"bench-agent-{number}")
    agent.user_permissions.add(Permission.objects.get(codename="see_agents"))
    return create(agent, "bench")


def _typed(number: int) -> list[str]:
    """What one agent types: titles and questions, letter by letter."""
    made = questions(12, seed=number)
    texts = [each for name in ("three words", "exact titles") for each in made[name]]
    paths = [
        "/api/v1/suggest?" + urlencode({"q": text[:end], "locale": locale})
        for text, locale, _ in texts
        for end in range(2, min(len(text), 24) + 1)
    ]
    return paths[: int(A_SECOND * SECONDS)]


if __name__ == "__main__":
    from tests.bench.__main__ import main

    main(["p4"])
