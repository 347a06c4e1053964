"""The site's languages as readers see them: tags, own names and the way to the same page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_from_request

#: What each language calls itself; a reader looks for that, not for a translation of it.
OWN_NAMES = {"en": "English", "zh-hans": "简体中文", "zh-hant": "繁體中文"}


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One entry of the language switch. ``tag`` is the BCP 47 tag for ``lang`` attributes."""

    code: str
    tag: str
    name: str
    url: str
    current: bool


def language_tag(code: str) -> str:
    """The BCP 47 tag of a language code: ``zh-hans`` becomes ``zh-Hans``."""
    first, _, rest = code.partition("-")
    return f"{first}-{rest.title() if len(rest) == 4 else rest.upper()}" if rest else first


def by_preference(code: str) -> tuple[str, ...]:
    """The site's languages as a reader of ``code`` prefers them: those of the same tongue first."""
    tongue = code.partition("-")[0]
    others = [each for each, _ in settings.LANGUAGES if each != code]
    return (code, *sorted(others, key=lambda each: each.partition("-")[0] != tongue))


def of_other_tongues(code: str) -> tuple[str, ...]:
    """Those of `by_preference` that are not written as ``code`` is, whichever script it has."""
    tongue = code.partition("-")[0]
    return tuple(each for each in by_preference(code) if each.partition("-")[0] != tongue)


def current_language() -> str:
    """The code of the language in use, always one of the site's."""
    code = (get_language() or settings.LANGUAGE_CODE).lower()
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def visitors_language(request: HttpRequest) -> str:
    """The site's language nearest to what the browser asks for; zh-TW and zh-HK: Traditional."""
    return get_language_from_request(request, check_path=False)


def language_links(
    request: HttpRequest, translations: Mapping[str, str] | None = None
) -> tuple[LanguageLink, ...]:
    """The language switch: the same page where it exists, else that language's front page.

    ``translations`` maps language codes to addresses; without it the address of this view in each
    language is used, with the same query.
    """
    current = current_language()
    return tuple(
        LanguageLink(
            code=code,
            tag=language_tag(code),
            name=OWN_NAMES.get(code, str(name)),
            url=_address(request, code, translations),
            current=code == current,
        )
        for code, name in settings.LANGUAGES
    )


def _address(request: HttpRequest, code: str, translations: Mapping[str, str] | None) -> str:
    front = f"/{code}/"
    if translations is not None:
        return translations.get(code, front)
    match = request.resolver_match
    if match is None or not (match.namespace == "lookup" or match.url_name == "sign_in"):
        return front
    return translate_url(request.get_full_path(), code)
