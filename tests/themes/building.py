"""A small help centre in two languages, with something for every audience."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from content.models import Article, Category, FaqEntry
from search.index import drain, generations
from tests import factories

SECRET = "Quokkaword"
_BODY = [
    {
        "type": "markdown",
        "value": "## First\n\nUnpack it.\n\n## Second\n\nTurn it on.\n\n## Third\n\nDone.",
    },
    {"type": "callout", "value": {"kind": "warning", "text": "Mind the cable."}},
    {
        "type": "steps",
        "value": [
            {"title": "Open", "text": "Open the lid."},
            {"title": "Close", "text": "Close it."},
        ],
    },
    {
        "type": "code",
        "value": {"language": "bash", "code": "curl https://example.com/" + "x" * 200},
    },
    {
        "type": "markdown",
        "value": "| Code | Meaning |\n|---|---|\n| E1 | No water |\n| E2 | No power |",
    },
    {"type": "agents_only", "value": [{"type": "markdown", "value": f"{SECRET} for the desk."}]},
]


@dataclass
class SmallSite:
    """What was built."""

    category: Category
    inner: Category
    faq: FaqEntry
    article: Article
    chinese: FaqEntry
    chinese_article: Article
    for_agents: Article


def small_site() -> SmallSite:
    """Build it, and index it."""
    shelf, question, text = uuid4(), uuid4(), uuid4()
    category = factories.category(
        "Returns", icon="undo-2", summary="Sending things back.", translation_key=shelf
    )
    inner = factories.category("Refunds", parent=category)
    chinese = factories.category(
        "退货", code="zh-hans", slug="tuihuo", icon="undo-2", translation_key=shelf
    )
    faq = factories.faq(
        "How long does a refund take?",
        parent=category,
        lead="**Five** days after the parcel has reached us.",
        translation_key=question,
    )
    article = factories.article(
        "Set up the kettle",
        parent=category,
        lead="From the box to tea.",
        body=_BODY,
        translation_key=text,
    )
    site = SmallSite(
        category=category,
        inner=inner,
        faq=faq,
        article=article,
        chinese=factories.faq(
            "退款多久到账？",
            parent=chinese,
            slug="tuikuan",
            lead="收到包裹后五天。",
            translation_key=question,
        ),
        chinese_article=factories.article(
            "安装水壶",
            parent=chinese,
            slug="anzhuang",
            lead="从开箱到喝茶。",
            body=_BODY,
            translation_key=text,
        ),
        for_agents=factories.article(
            f"{SECRET} refunds by hand", parent=inner, audience="agents", body="Only for agents."
        ),
    )
    factories.faq("Who pays for the return parcel?", parent=inner, lead="We do.")
    if generations.state().name:
        drain.drain_all()
    return site
