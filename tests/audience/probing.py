"""Every way in which a reader can ask or look, and whether a hidden word comes out by it.

A question may not be answered differently for a hidden word than for one that stands nowhere: not
in hits, counts, corrections, status or headers. So each question is asked with both, and the
answers are compared without the words themselves. Where nothing is asked, the word must not appear.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from random import Random
from urllib.parse import quote

from django.core.management import call_command
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page, Revision

from content.models import Category
from content.models.serving import ServedByAudience
from search.insights.models import Gap

from .readers import Reader

Question = Callable[[Reader, str], str]
Form = Callable[[str], str]
Look = Callable[[Reader], Iterator[tuple[str, str]]]

#: What differs between two answers to the same question.
_CHANCE = re.compile(
    r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"
    r"|csrfmiddlewaretoken\" value=\"\w+"
    r"|'Expires': '[^']*'|/contact/sent/[^/']+/"
    r"|\d+\.\d+ ms|\"took_ms\": [\d.]+|Set-Cookie[^\n]*|Content-Length[^\n]*"
)


@dataclass(frozen=True)
class Leak:
    """What ``reader`` learned by ``probe``; ``asked`` is the question or the address."""

    reader: str
    probe: str
    asked: str
    shown: str


class Prober:
    """One reader's looking. ``control`` is a word that stands nowhere, as long as the words looked
    for and as far from every other word; its answers are asked for once."""

    def __init__(self, reader: Reader, control: str) -> None:
        self.reader = reader
        self.control = control
        self._answers: dict[tuple[str, str], str] = {}

    def leaks(self, words: Iterable[str]) -> list[Leak]:
        """Everything that the reader learns of ``words``."""
        words = list(words)
        found = self.appearing(words)
        for word in words:
            for name in QUESTIONS:
                for form in FORMS if name in THOROUGH else COMMON:
                    found += self.ask(name, word, FORMS[form])
        return found

    def ask(self, name: str, word: str, form: Form = str) -> list[Leak]:
        """The leak, if there is one, where a question with the word is answered in its own way."""
        question = form(word)
        given = _masked(QUESTIONS[name](self.reader, question), question, word)
        other = self._of_control(name, form(self.control))
        if given == other:
            return []
        lines = set(given.splitlines()) ^ set(other.splitlines())
        return [Leak(self.reader.name, name, question, "\n".join(sorted(lines))[:2000])]

    def by_chance(self, word: str, chance: Random) -> list[Leak]:
        """One question by chance, in some form, by some way, perhaps with an error in the word."""
        form = FORMS[chance.choice(sorted(FORMS))]
        at = chance.randrange(2, len(word))
        spoilt: Form = (lambda text: form(_spoilt(text, at))) if chance.random() < 0.5 else form
        return self.ask(chance.choice(sorted(QUESTIONS)), word, spoilt)

    def appearing(self, words: Iterable[str]) -> list[Leak]:
        """Where any of ``words`` is shown without being asked for."""
        words = list(words)
        found = []
        for name, look in LOOKS.items():
            for address, shown in look(self.reader):
                # The address itself is known to whoever asks for it.
                text = shown.lower()
                for known in (address, quote(address), quote(quote(address))):
                    text = text.replace(known.lower(), "")
                for word in words:
                    if (place := text.find(word.lower())) >= 0:
                        around = text[max(0, place - 100) : place + 100]
                        found.append(Leak(self.reader.name, name, address, around))
        return found

    def _of_control(self, name: str, question: str) -> str:
        key = (name, question)
        if key not in self._answers:
            answer = QUESTIONS[name](self.reader, question)
            self._answers[key] = _masked(answer, question, self.control)
        return self._answers[key]


FORMS: dict[str, Form] = {
    "whole": lambda word: word,
    "beginning": lambda word: word[:-2],
    "typing error": lambda word: _spoilt(word, len(word) // 2),
    "among others": lambda word: f"delivery {word}",
    "in a question": lambda word: f"How long does {word} take?",
    "phrasing": lambda word: f"{word} delivery",
    "title": lambda word: f"Delivery {word}",
}
#: Forms in which every way is asked, and the ways that are asked in all forms.
COMMON = ("whole", "among others")
THOROUGH = ("api search", "suggestions", "desk")


def _spoilt(word: str, at: int) -> str:
    """Two letters changed places."""
    return word[: at - 1] + word[at : at + 1] + word[at - 1] + word[at + 1 :]


def _shown(response: object) -> str:
    text = f"{response.status_code}\n{response.headers}\n"  # type: ignore[attr-defined]
    if getattr(response, "streaming", False):
        return text + "a file\n" + b"".join(response).decode(errors="replace")  # type: ignore[call-overload]
    return text + response.content.decode(errors="replace")  # type: ignore[attr-defined]


def _masked(shown: str, question: str, word: str) -> str:
    """Without the question, which is repeated on many pages, and what chance puts there."""
    for text in (quote(question), question.replace(" ", "+"), question, word):
        shown = re.sub(re.escape(text), "¤", shown, flags=re.I)
    return _CHANCE.sub("", shown)


def _page(path: str) -> Question:
    return lambda reader, text: _shown(reader.get(path + quote(text)))


def _with_token(path: str) -> Question:
    return lambda reader, text: _shown(reader.call(path + quote(text)))


def _contact(reader: Reader, text: str) -> str:
    form = {"message": text, "reply_to": "someone@example.com"}
    return _shown(reader.post("/en/contact/", form))


def _command(reader: Reader, text: str) -> str:
    out = StringIO()
    call_command("search", text, audience=reader.audience.value, json=True, stdout=out)
    return out.getvalue()


QUESTIONS: dict[str, Question] = {
    "results page": _page("/en/search/?q="),
    "results page as typed": _page("/en/search/?exact=1&q="),
    "results page in Chinese": _page("/zh-hans/search/?q="),
    "narrowed results": _page("/en/search/?kind=article&q="),
    "api search": _page("/api/v1/search?q="),
    "api search by token": _with_token("/api/v1/search?q="),
    "api search in Chinese": _with_token("/api/v1/search?locale=zh-hans&q="),
    "suggestions": _page("/api/v1/suggest?q="),
    "suggestions by token": _with_token("/api/v1/suggest?q="),
    "contact offers": _page("/en/contact/answers/?q="),
    "contact form": _contact,
    "desk": _page("/desk/search?q="),
    "command": _command,
}


def _addresses(of: Callable[[], Iterator[str]]) -> Look:
    """Each address, and what there is for the reader, asked as a browser and with a token."""

    def look(reader: Reader) -> Iterator[tuple[str, str]]:
        for address in dict.fromkeys(of()):
            yield address, _shown(reader.get(address))
            if address.startswith("/api/"):
                yield address, _shown(reader.call(address))

    return look


def _pages() -> Iterator[str]:
    for page in Page.objects.filter(depth__gt=1).specific():
        if isinstance(page, ServedByAudience):
            yield page.get_url() or ""


def _fixed() -> Iterator[str]:
    yield from ("/", "/en/", "/zh-hans/", "/sitemap.xml", "/robots.txt", "/en/contact/")
    yield from ("/en/search/", "/en/search/?q=delivery", "/en/search/?q=warehouse&page=1")
    yield from ("/en/nothing/", "/en/old-keys", "/en/old-keys/", "/metrics", "/readyz", "/admin/")
    yield from ("/api/v1/docs", "/api/v1/openapi.json", "/desk/", "/desk/?q=delivery")
    yield from ("/api/v1/search?q=delivery&limit=50", "/api/v1/search?q=delivery&locale=zh-hans")
    yield from ("/api/v1/suggest?q=deliv", "/api/v1/suggest?q=d&locale=zh-hans")


def _feeds() -> Iterator[str]:
    for shelf in Category.objects.select_related("locale"):
        yield f"/{shelf.locale.language_code}/feeds/{shelf.pk}/"


def _by_id() -> Iterator[str]:
    """Addresses that are counted through: every id there is."""
    for pk in Page.objects.values_list("pk", flat=True):
        yield f"/api/v1/articles/{pk}"
        yield f"/desk/entry/{pk}"
        yield f"/admin/pages/{pk}/view_draft/"
        yield f"/admin/pages/{pk}/edit/preview/"
        yield f"/admin/pages/{pk}/history/"
    for pk, page in Revision.objects.values_list("pk", "object_id"):
        yield f"/admin/pages/{page}/revisions/{pk}/view/"
    for pk in Gap.objects.values_list("pk", flat=True):
        yield f"/admin/insights/gaps/{pk}/"
    yield from ("/admin/insights/gaps/", "/admin/content/", "/admin/images/", "/admin/documents/")
    yield from ("/admin/snippets/content/snippet/", "/admin/snippets/content/product/")


def _files() -> Iterator[str]:
    for image in Image.objects.all():
        yield image.file.url
        yield image.get_rendition("max-1600x1600").url
    for document in Document.objects.all():
        yield document.url
        yield document.file.url


def _export(reader: Reader) -> Iterator[tuple[str, str]]:
    """What is exported for readers of this audience: names of files and what is in them."""
    for form in ("markdown", "json"):
        with tempfile.TemporaryDirectory() as folder:
            target, out = Path(folder) / "out", StringIO()
            call_command(
                "export_articles",
                str(target),
                format=form,
                audience=reader.audience.value,
                stdout=out,
            )
            for path in sorted(target.rglob("*")):
                text = path.read_text(errors="replace") if path.is_file() else ""
                yield f"export as {form}", f"{path.relative_to(target)}\n{text}"


LOOKS: dict[str, Look] = {
    "pages": _addresses(_pages),
    "fixed addresses": _addresses(_fixed),
    "feeds": _addresses(_feeds),
    "by id": _addresses(_by_id),
    "files": _addresses(_files),
    "export": _export,
}
