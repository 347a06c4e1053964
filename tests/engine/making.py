"""Small documents for tests of engines, and short ways to ask for them."""

from __future__ import annotations

from search.engine.protocol import Engine, EngineDocument, EngineQuery, Filters, Term, Tokens


def document(id_: int, words: str, version: int = 1, level: int = 0, **more) -> EngineDocument:
    """A document whose body is these words."""
    tokens = Tokens(title_words=[], words=words.split(), surfaces=words.split())
    return EngineDocument(
        id=id_,
        version=version,
        family=f"f{id_}",
        locale=more.pop("locale", "en"),
        kind="faq",
        level=level,
        text=tokens,
        **more,
    )


def ids(engine: Engine, word: str, **filters) -> list[int]:
    """The ids that a word finds, in order."""
    query = EngineQuery(should=(Term("words", word),), filters=Filters(**filters))
    return [hit.id for hit in engine.search(query).hits]
