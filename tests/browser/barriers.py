"""What axe objects to on a page: WCAG 2.2, levels A and AA."""

from __future__ import annotations

from typing import Any

_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
#: What fades in has its colours at the end; what goes on for long (ms) is not waited for.
_STILL = """Promise.allSettled(document.getAnimations()
  .filter(each => each.effect.getComputedTiming().endTime <= 2000)
  .map(each => each.finished))"""


def barriers(page, context: str | None = None, *, best_practice: bool = False) -> list[tuple]:
    """(Address, rule, first elements, what to do) of each; of a part by its selector."""
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate(_STILL)
    tags = [*_TAGS, *(["best-practice"] if best_practice else [])]
    options: dict[str, Any] = {
        "runOnly": {"type": "tag", "values": tags},
        "resultTypes": ["violations"],  # not every element that passes is told of
    }
    found = Axe().run(page, context=context, options=options).response["violations"]
    return [
        (page.url, v["id"], [n["target"] for n in v["nodes"]][:3], v["nodes"][0]["failureSummary"])
        for v in found
    ]


def barriers_at(page, address: str) -> list[tuple]:
    """Those of the page at this address."""
    assert page.goto(address).status == 200, address
    return barriers(page)
