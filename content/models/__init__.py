"""The kinds of pages and what they share."""

from .categories import Category, FrontPage
from .editions import Edition
from .entries import Article, Confidence, Entry, FaqEntry, Kind, Phrasing, State
from .file_uses import FileUse
from .imported import ImportedSource
from .products import Product
from .rendered import RenderedText
from .snippets import Snippet

__all__ = [
    "Article",
    "Category",
    "Confidence",
    "Edition",
    "Entry",
    "FaqEntry",
    "FileUse",
    "FrontPage",
    "ImportedSource",
    "Kind",
    "Phrasing",
    "Product",
    "RenderedText",
    "Snippet",
    "State",
]
