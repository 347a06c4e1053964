"""What the analysis has made is kept, and serves again for just the same texts only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.audience import Audience
from content.models import Confidence, Entry, Phrasing, Product, Snippet
from search.engine import layout
from search.index import analysis, check, documents, engine, generations, kept, rebuild, tuning
from search.index.models import AnalysedTexts, IndexedDocument
from tests import factories as make
from tests.lookup.asking import ask, titles


@pytest.fixture
def shop(index) -> Entry:
    """An entry with a text in every place, among others."""
    piece = make.snippet("Our dragon is kept informed.", name="piece")
    hidden = make.snippet("Refund the phoenix.", name="hidden", audience=Audience.AGENTS)
    entry = make.article(
        "Where is the unicorn?",
        lead="A line about the griffin",
        body=[
            {"type": "markdown", "value": "## Inside\n\nThe basilisk waits."},
            {"type": "snippet", "value": piece.pk},
            {"type": "snippet", "value": hidden.pk},
            {"type": "agents_only", "value": [{"type": "markdown", "value": "A hydra."}]},
        ],
        keywords="kelpie",
        phrasings=("Has anybody seen a mermaid?",),
        agents_phrasings=("The kraken case",),
    )
    product = Product.objects.create(name="Sphinx", slug="sphinx")
    entry.products.add(product)
    entry.save_revision().publish()
    make.article("数据库连接超时", code="zh-hans", body="请检查花呗分期。")
    make.faq("Something else", lead="With an answer")
    index.drain()
    return entry


def built(entry: Entry, **how) -> documents.Built:
    [found] = documents.build_to_keep({entry.pk: 7}, **how)
    return found


def everything(made: documents.Built) -> tuple:
    """All that an engine is told, and all that is kept for passages."""
    told = replace(made.document, text=None, customers=None, agents=None, laid_out=b"")
    row = {f.name: getattr(made.row, f.attname) for f in IndexedDocument._meta.concrete_fields}
    sections = [[list(s) for s in row.pop(n)] for n in ("sections", "narrow_sections")]
    del row["confirmed"]
    return told, layout.texts(made.document), row, sections


def test_a_rebuild_analyses_nothing_again_and_finds_the_same(shop, monkeypatch):
    before = [ask(text).hits[0].id for text in ("unicorn", "basilisk", "kelpie", "mermaid")]
    rows = list(IndexedDocument.objects.values("pk", "version", "confirmed").order_by("pk"))

    def nothing(*_):
        raise AssertionError("analysed again")

    monkeypatch.setattr(documents, "analyse", nothing)
    name = generations.state().name
    assert rebuild.rebuild() == 3
    assert generations.state().name != name
    assert check.compare(engine()) == []
    found = [ask(text).hits[0].id for text in ("unicorn", "basilisk", "kelpie", "mermaid")]
    assert found == before
    assert list(IndexedDocument.objects.values("pk", "version", "confirmed").order_by("pk")) == rows


def test_a_rebuild_that_is_begun_anew_analyses_everything(shop, monkeypatch):
    analysed = []
    once = documents.analyse

    def counted(texts, analyser):
        analysed.append(texts.title)
        return once(texts, analyser)

    monkeypatch.setattr(documents, "analyse", counted)
    rebuild.rebuild()
    assert analysed == []
    rebuild.rebuild(anew=True)
    assert len(analysed) == 3
    monkeypatch.setattr(analysis, "analysed", lambda: "otherwise")
    rebuild.rebuild()
    assert len(analysed) == 6
    rebuild.rebuild()
    assert len(analysed) == 6


def test_what_is_kept_makes_just_the_document_that_would_be_made(shop):
    again = built(shop)
    assert again.analysed is None
    assert again.document.text.words == ()
    assert everything(again) == everything(built(shop, anew=True))


def _update(**columns):
    return lambda entry: Entry.objects.filter(pk=entry.pk).update(**columns)


#: Changes that nobody has announced, each with whether tokens or passages are made of what changes.
CHANGES = {
    "title": (_update(title="Where is the yeti?"), True),
    "lead": (_update(lead="A line about the yeti"), True),
    "keywords": (_update(keywords="yeti"), True),
    "body": (_update(body=[("markdown", "Only a yeti.")]), True),
    "audience": (_update(audience=Audience.AGENTS), True),
    "archived": (_update(confidence=Confidence.ARCHIVED), True),
    "confidence": (_update(confidence=Confidence.VALIDATED), False),
    "phrasing": (lambda e: e.phrasings.filter(agents_only=False).update(text="A yeti?"), True),
    "phrasing gone": (lambda e: Phrasing.objects.filter(entry=e).delete(), True),
    "phrasing for agents": (lambda e: Phrasing.objects.update(agents_only=True), True),
    "phrasing for all": (lambda e: Phrasing.objects.update(agents_only=False), True),
    "snippet": (
        lambda e: Snippet.objects.filter(name="piece").update(body=[("markdown", "A yeti.")]),
        True,
    ),
    "snippet narrowed": (
        lambda e: Snippet.objects.filter(name="piece").update(audience=Audience.CUSTOMERS),
        True,
    ),
    "snippet opened": (
        lambda e: Snippet.objects.filter(name="hidden").update(audience=Audience.PUBLIC),
        True,
    ),
    "snippet gone": (lambda e: Snippet.objects.filter(name="piece").delete(), True),
    "product named otherwise": (lambda e: Product.objects.update(name="Yeti"), True),
    "product gone": (lambda e: Product.objects.all().delete(), True),
    "product's address": (lambda e: Product.objects.update(slug="yeti"), False),
    "moved": (lambda e: e.move(make.category("Elsewhere"), pos="last-child"), False),
    "translated": (
        lambda e: (
            Entry.objects.exclude(pk=e.pk)
            .filter(locale=make.locale("zh-hans"))
            .update(translation_key=e.translation_key)
        ),
        False,
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_nothing_that_was_is_told_again(shop, name):
    change, makes_tokens = CHANGES[name]
    before = everything(built(shop))
    change(shop)
    after = built(shop)
    assert (after.analysed is not None) is makes_tokens
    assert everything(after) != before
    assert everything(after) == everything(built(shop, anew=True))


def test_a_word_of_the_dictionary_makes_all_anew(shop):
    chinese = Entry.objects.get(title="数据库连接超时")
    assert built(chinese).analysed is None
    with tuning.trying(replace(tuning.current(), dictionary=frozenset({"花呗分期"}))):
        after = built(chinese)
        assert after.analysed is not None
        assert "花呗分期" in after.document.text.words
    assert built(chinese).analysed is None
    assert built(chinese).document.text.words == ()


def test_code_of_the_analysis_that_changes_makes_all_anew(shop, monkeypatch, tmp_path):
    for file in ("analysis.py", "folding.py"):
        (tmp_path / file).write_text("one")
    monkeypatch.setattr(kept.text, "__path__", [str(tmp_path)])
    kept._analysis.cache_clear()
    assert built(shop).analysed is not None
    rebuild.rebuild()
    assert built(shop).analysed is None
    (tmp_path / "folding.py").write_text("two")
    kept._analysis.cache_clear()
    assert built(shop).analysed is not None
    kept._analysis.cache_clear()


def test_a_dictionary_that_comes_in_force_meanwhile_is_not_taken_for_the_one_before(
    shop, monkeypatch
):
    """Another thread of the process may hear of it between the digest and the analysis."""
    chinese = Entry.objects.get(title="数据库连接超时")
    AnalysedTexts.objects.all().delete()
    find = kept.find

    def meanwhile(digests):
        newer = replace(tuning.current(), version=9, dictionary=frozenset({"花呗分期"}))
        monkeypatch.setitem(tuning.current.__globals__, "_loaded", newer)
        return find(digests)

    monkeypatch.setattr(kept, "find", meanwhile)
    assert "花呗分期" not in built(chinese).document.text.words


def test_rows_of_others_and_spoilt_rows_are_not_used(shop):
    other = Entry.objects.get(title="Something else")
    mine = AnalysedTexts.objects.get(pk=shop.pk)
    AnalysedTexts.objects.filter(pk=other.pk).update(digest=mine.digest, data=mine.data)
    assert built(other).analysed is not None
    for spoilt in (b"", b"rubbish", bytes(mine.data)[:-9]):
        AnalysedTexts.objects.filter(pk=shop.pk).update(data=spoilt)
        assert built(shop).analysed is not None


def test_what_is_kept_goes_with_its_entry(shop, index):
    other = Entry.objects.get(title="Something else")
    assert AnalysedTexts.objects.count() == 3
    shop.unpublish()
    index.drain()
    assert not AnalysedTexts.objects.filter(pk=shop.pk).exists()
    pk = other.pk
    other.delete()
    index.drain()
    assert not AnalysedTexts.objects.filter(pk=pk).exists()
    assert AnalysedTexts.objects.count() == 1


def test_a_change_replaces_what_is_kept(shop, index):
    before = AnalysedTexts.objects.get(pk=shop.pk).digest
    shop.body = [("markdown", "A yeti alone.")]
    shop.save_revision().publish()
    index.drain()
    assert AnalysedTexts.objects.get(pk=shop.pk).digest != before
    assert built(shop).analysed is None
    rebuild.rebuild()
    assert titles(ask("yeti")) == ["Where is the unicorn?"]
    assert titles(ask("basilisk")) == []
