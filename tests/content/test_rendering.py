"""Bodies for one audience: what is shown, what is kept, how often the database is asked."""

import pytest

from content import markdown
from content.audience import Audience
from content.models import Article, RenderedText
from content.rendering import clear_unused, render_bodies, render_body, render_leads
from tests import factories

pytestmark = pytest.mark.django_db
PUBLIC, CUSTOMERS, AGENTS, INTERNAL = Audience


def text(value):
    return {"type": "markdown", "value": value}


def agents_only(*blocks):
    return {"type": "agents_only", "value": list(blocks)}


def mixed():
    return factories.article(
        body=[
            text("before\n\n## Steps\n\npublic one"),
            agents_only(
                text("## Steps\n\nsecret one"),
                {"type": "callout", "value": {"kind": "tip", "text": "secret two"}},
            ),
            text("public two\n\n## Steps\n\npublic three"),
        ]
    )  # fmt: skip


def test_a_customer_gets_no_trace_of_an_agents_only_block():
    body = render_body(mixed(), CUSTOMERS)
    assert "secret" not in str(body)
    assert "agents" not in str(body).lower()


def test_an_agent_sees_it_marked():
    body = render_body(mixed(), AGENTS)
    assert "secret one" in body.html
    assert 'class="z-agents-only"' in body.html
    assert body.html.count("<div") == body.html.count("</div>")


def test_anchors_are_unique_and_the_same_for_every_reader():
    public, agents = (render_body(mixed(), a) for a in (PUBLIC, AGENTS))
    assert [h.anchor for h in public.toc] == ["h-steps", "h-steps-2"]
    assert [h.anchor for h in agents.toc] == ["h-steps", "h2-steps", "h-steps-2"]
    assert all(f'id="{h.anchor}"' in agents.html for h in agents.toc)


def test_sections_say_who_may_see_them():
    sections = render_body(mixed(), INTERNAL).sections
    assert [(s.anchor, s.text, s.audience) for s in sections] == [
        ("", "before", PUBLIC),
        ("h-steps", "public one\npublic two", PUBLIC),
        ("h2-steps", "secret one\nsecret two", AGENTS),
        ("h-steps-2", "public three", PUBLIC),
    ]
    assert render_body(mixed(), PUBLIC).sections == tuple(
        s for s in sections if s.audience is PUBLIC
    )


def test_sections_of_a_narrower_entry_are_as_narrow():
    entry = factories.article(body="hello", audience="agents")
    assert render_body(entry, AGENTS).sections[0].audience is AGENTS
    assert render_body(entry, CUSTOMERS).html == ""


def test_heading_levels_never_jump():
    entry = factories.article(body=[text("# One\n\n#### Two"), text("###### Three")])
    assert [h.level for h in render_body(entry, PUBLIC).toc] == [2, 3, 4]


@pytest.mark.parametrize(("reader", "seen"), [(PUBLIC, False), (CUSTOMERS, False), (AGENTS, True)])
def test_a_snippet_shows_to_those_it_is_meant_for(reader, seen):
    piece = factories.snippet("hush", audience="agents")
    entry = factories.article(body=[text("open"), {"type": "snippet", "value": piece.pk}])
    body = render_body(entry, reader)
    assert ("hush" in str(body)) is seen
    assert "open" in body.html


def test_a_snippet_is_shown_in_the_language_of_the_entry():
    english = factories.snippet("hello", name="greeting")
    factories.snippet(
        "你好", name="greeting", code="zh-hans", translation_key=english.translation_key
    )
    entry = factories.article(code="zh-hans", body=[{"type": "snippet", "value": english.pk}])
    assert "你好" in render_body(entry, PUBLIC).html


def test_an_edited_snippet_is_new_everywhere():
    piece = factories.snippet("old words")
    entry = factories.article(body=[agents_only({"type": "snippet", "value": piece.pk})])
    piece.body = [text("new words")]
    piece.save()
    assert "new words" in render_body(entry, AGENTS).html


def test_every_kind_of_block_is_shown():
    entry = factories.article(
        body=[
            {"type": "callout", "value": {"kind": "warning", "text": "**hot**"}},
            {"type": "steps", "value": [{"title": "First", "text": "do *it*"}]},
            {"type": "table", "value": {
                "data": [["a", ""], ["b", "<i>"]], "first_row_is_table_header": True,
                "first_col_is_header": True, "table_caption": "Sizes",
            }},
            {"type": "code", "value": {"language": "SQL", "code": "select '<b>'"}},
            {"type": "video", "value": {"title": "Film", "url": "https://example.com/v"}},
        ]
    )  # fmt: skip
    html = render_body(entry, PUBLIC).html
    assert 'class="z-callout z-callout-warning"' in html
    assert "<strong>hot</strong>" in html
    assert '<p class="z-step-title">First</p>' in html
    assert '<th scope="col">a</th>' in html
    assert '<th scope="row">b</th>' in html
    assert "<caption>Sizes</caption>" in html
    assert "&lt;i&gt;" in html
    assert '<code class="language-sql">select &#x27;&lt;b&gt;&#x27;' in html
    assert 'href="https://example.com/v"' in html


def test_the_same_text_is_never_converted_twice(monkeypatch):
    entry = factories.article(body=[text("same"), text("same")])
    render_body(entry, PUBLIC)
    assert RenderedText.objects.count() == 1

    def fail(text):
        raise AssertionError(f"converted again: {text}")

    monkeypatch.setattr(markdown, "render", fail)
    assert render_body(entry, PUBLIC).html.count("same") == 2


def test_another_version_of_the_sanitiser_converts_anew(monkeypatch):
    entry = factories.article(body="same")
    render_body(entry, PUBLIC)
    monkeypatch.setattr(markdown, "VERSION", "next")
    render_body(entry, PUBLIC)
    assert RenderedText.objects.count() == 2


def test_one_page_with_many_texts_asks_once(django_assert_num_queries):
    entry = factories.article(body=[text(f"text {n}") for n in range(20)])
    render_body(entry, PUBLIC)
    entry = Article.objects.get()
    with django_assert_num_queries(1):
        render_body(entry, PUBLIC)


@pytest.mark.parametrize("number", [2, 12])
def test_many_pages_ask_as_often_as_few(number, django_assert_num_queries):
    piece = factories.snippet("shared")
    for n in range(number):
        factories.article(body=[text(f"text {n}"), {"type": "snippet", "value": piece.pk}])
    render_bodies(Article.objects.all(), INTERNAL)
    entries = list(Article.objects.all())
    with django_assert_num_queries(2):
        assert len(render_bodies(entries, INTERNAL)) == number


def test_short_answers_are_markdown_and_summaries_are_not():
    question, article = factories.faq(lead="**yes**"), factories.article(lead="**no** & <b>")
    leads = render_leads([question, article])
    assert leads[question.pk] == "<p><strong>yes</strong></p>"
    assert leads[article.pk] == "<p>**no** &amp; &lt;b&gt;</p>"


def test_the_cells_of_a_row_are_parted_in_plain_text():
    table = text("| Code | Meaning |\n|---|---|\n| E1 | No water |")
    (section,) = render_body(factories.article(body=[table]), PUBLIC).sections
    assert section.text == "Code · Meaning\nE1 · No water"


def test_html_of_texts_that_are_gone_is_let_go_and_the_rest_is_kept():
    snippet = factories.snippet("Shared")
    page = factories.article(
        "Kettle",
        body=[
            {"type": "markdown", "value": "Old"},
            {"type": "snippet", "value": snippet.pk},
            {"type": "agents_only", "value": [{"type": "markdown", "value": "Hidden"}]},
        ],
    )
    question = factories.faq("Hot?", lead="Yes")
    render_body(page, Audience.AGENTS)
    render_leads([question])
    page.body = [
        ("markdown", "New"),
        ("snippet", snippet),
        ("agents_only", [("markdown", "Hidden")]),
    ]
    page.save_revision().publish()
    render_body(page, Audience.AGENTS)
    kept = set(RenderedText.objects.values_list("html", flat=True))
    assert clear_unused() == 1
    left = set(RenderedText.objects.values_list("html", flat=True))
    assert kept - left == {"<p>Old</p>"}
    assert clear_unused() == 0
