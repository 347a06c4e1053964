"""The places in which a word can stand that is not for everybody. Each is made by the same doors
as a writer's text, and leaves public text around it that anybody may find."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image as Picture
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image

from content.audience import Audience
from content.models import Article, Category, Product
from search.index import drain
from search.insights.collect import collect_all
from search.journeys.models import Event, Search
from search.lookup.models import PinnedQuestion
from tests import factories as make

Placing = Callable[[str, Audience], None]

OPEN = "Parcels leave our warehouse within two days of payment."


def surroundings() -> Category:
    """Public text in two languages; the shelf that hidden text is put on as well."""
    shelf = make.category("Delivery", summary="Where parcels are")
    make.faq("How long does delivery take?", parent=shelf, lead=OPEN, phrasings=("shipping time",))
    make.article(
        "Delivery abroad", parent=shelf, body="## Customs\n\nDelivery abroad takes longer."
    )
    chinese = make.category("配送", code="zh-hans")
    make.faq("配送需要多久？", parent=chinese, lead="付款后两天内发货。")
    return shelf


def in_a_block(word: str, audience: Audience) -> None:
    """In an agents-only block, as heading, text, step, code, table, callout and caption."""
    cells = {"data": [["Delivery", word]], "first_row_is_table_header": True}
    blocks = [
        {"type": "markdown", "value": f"## {word}\n\nTell them {word}.[^1]\n\n[^1]: {word}"},
        {"type": "callout", "value": {"kind": "note", "text": word}},
        {"type": "steps", "value": [{"type": "item", "value": {"title": word, "text": word}}]},
        {"type": "table", "value": cells},
        {"type": "code", "value": {"language": "", "code": word}},
        {"type": "image", "value": {"image": an_image(word).pk, "alt": word, "caption": word}},
        {"type": "video", "value": {"title": word, "file": a_video(word).pk, "url": ""}},
    ]
    make.article(
        "Delivery at night",
        body=[{"type": "markdown", "value": OPEN}, {"type": "agents_only", "value": blocks}],
    )


def in_an_article(word: str, audience: Audience) -> None:
    """An article for that audience alone, with the word in each of its fields."""
    make.article(
        f"Delivery {word}",
        slug=word,
        lead=word,
        body=f"## {word}\n\n{OPEN} {word}",
        keywords=word,
        phrasings=(f"{word} delivery",),
        search_description=word,
        audience=audience,
    )


def in_an_answer(word: str, audience: Audience) -> None:
    """A FAQ entry for that audience alone."""
    make.faq(f"Delivery {word}?", slug=word, lead=f"{word} {OPEN}", audience=audience)


def in_a_snippet(word: str, audience: Audience) -> None:
    """A snippet for that audience in a public article."""
    piece = make.snippet(f"## {word}\n\n{word}", name=word, audience=audience)
    make.article("Delivery by bike", body=[{"type": "snippet", "value": piece.pk}])


def in_a_phrasing(word: str, audience: Audience) -> None:
    """A phrasing of agents for a public question."""
    make.faq("Can I change the delivery?", lead=OPEN, agents_phrasings=(f"{word} delivery", word))


def in_a_category(word: str, audience: Audience) -> None:
    """A category in which everything is for that audience."""
    shelf = make.category(f"Delivery {word}", slug=word, summary=word, icon="truck")
    make.article("Delivery of spares", parent=shelf, body=OPEN, audience=audience)


def in_a_product(word: str, audience: Audience) -> None:
    """A product that only an entry for that audience is about."""
    product = Product.objects.create(name=word, slug=word)
    entry = make.article("Delivery of samples", body=OPEN, audience=audience)
    entry.products.add(product)
    entry.save_revision().publish()


def behind_a_redirect(word: str, audience: Audience) -> None:
    """An old address that leads to an entry for that audience whose new one has the word."""
    entry = make.article("Delivery of keys", slug=word, body=OPEN, audience=audience)
    Redirect.objects.create(old_path="/en/old-keys", redirect_page=entry)


def in_a_translation(word: str, audience: Audience) -> None:
    """A translation for that audience of a public article."""
    public = make.article("Delivery on Sundays", body=OPEN)
    shelf = Category.objects.get(title="配送")
    make.article(
        f"配送 {word}",
        parent=shelf,
        slug=word,
        body=word,
        audience=audience,
        translation_key=public.translation_key,
    )


def in_a_draft(word: str, audience: Audience) -> None:
    """An unpublished draft of a public article, and one that was never published."""
    entry = make.article("Delivery in winter", body=OPEN)
    entry.title, entry.body = f"Delivery {word}", [("markdown", word)]
    entry.save_revision()
    make.article(f"Delivery {word}", slug=word, body=word, live=False, audience=audience)


def narrowed_since(word: str, audience: Audience) -> None:
    """Public text that has been narrowed since the index was told of it."""
    entry = make.article(f"Delivery {word}", slug=word, body=word)
    drain.drain_all()
    entry.audience = audience
    entry.save_revision().publish()


def among_the_most_asked(word: str, audience: Audience) -> None:
    """An article for that audience that many clicked and an editor pinned."""
    in_an_article(word, audience)
    entry = Article.objects.latest("pk")
    PinnedQuestion.objects.create(entry_id=entry.pk)
    Event.objects.bulk_create(
        Event(action_name="click", client_id=f"visitor-{n}", kind="customer", object_id=entry.pk)
        for n in range(5)
    )


def in_searches_of_others(word: str, audience: Audience) -> None:
    """Searches by customers who found and clicked, by agents, and by customers who found nothing,
    which make a gap."""
    in_an_article(word, audience)
    found = {"answered": True, "clicks": 1, "total": 1, "key": f"delivery {word}", "locale": "en"}
    for number in range(3):
        Search.objects.create(query=f"delivery {word}", client_id=f"someone-{number}", **found)
        by_agents = {**found, "kind": "agent", "audience": Audience.AGENTS}
        Search.objects.create(query=f"delivery {word}", client_id=f"agent-{number}", **by_agents)
        Search.objects.create(query=word, key=word, client_id=f"lost-{number}", locale="en")
    collect_all()


def an_image(word: str) -> Image:
    """A picture whose title and file are called by the word."""
    data = BytesIO()
    Picture.new("RGB", (8, 8), "teal").save(data, "PNG")
    return Image.objects.create(title=word, file=ContentFile(data.getvalue(), f"{word}.png"))


def a_video(word: str) -> Document:
    """A file called by the word."""
    return Document.objects.create(title=word, file=ContentFile(b"moving", f"{word}.mp4"))


#: By name, with whether agents (not only writers) come to see the word.
PLACES: dict[str, tuple[Placing, bool]] = {
    "block": (in_a_block, True),
    "article": (in_an_article, True),
    "answer": (in_an_answer, True),
    "snippet": (in_a_snippet, True),
    "phrasing": (in_a_phrasing, True),
    "category": (in_a_category, True),
    "product": (in_a_product, True),
    "redirect": (behind_a_redirect, True),
    "translation": (in_a_translation, True),
    "draft": (in_a_draft, False),
    "narrowed": (narrowed_since, True),
    "most asked": (among_the_most_asked, True),
    "searches": (in_searches_of_others, True),
}
