"""The operator's brand: name, logo, accent, favicon and footer links, as a settings page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.images.models import Image

from content.files.addresses import IMAGE, File
from content.models import Edition

from .colours import stylesheet

_CACHED = "cms-brand"
_SECONDS = 60


class FooterLink(blocks.StructBlock):
    """A link at the foot of every page, in one language or in all."""

    label = blocks.CharBlock(max_length=80, label=_("Text"))
    url = blocks.CharBlock(
        max_length=500,
        label=_("Address"),
        help_text=_("Starts with “/” or “https://”."),
        validators=[RegexValidator(r"^(/|https?://|mailto:)", _("This is not an address."))],
    )
    locale = blocks.ChoiceBlock(
        choices=settings.LANGUAGES, required=False, label=_("Only in this language")
    )

    class Meta:
        icon = "link"
        label = _("Link")


@register_setting(icon="site")
class BrandSettings(BaseGenericSetting):
    """How the help centre presents itself."""

    name = models.CharField(_("name"), max_length=80, blank=True)
    name_zh_hans = models.CharField(_("name in Simplified Chinese"), max_length=80, blank=True)
    name_zh_hant = models.CharField(_("name in Traditional Chinese"), max_length=80, blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    favicon = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("favicon"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        blank=True,
        validators=[
            RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Six hexadecimal digits, as in #0b6472."))
        ],
        help_text=_("For links and the main button. It is darkened or lightened where needed."),
    )
    footer_links = StreamField([("link", FooterLink())], blank=True, verbose_name=_("footer links"))

    panels = [
        FieldPanel("name"),
        FieldPanel("name_zh_hans"),
        FieldPanel("name_zh_hant"),
        FieldPanel("logo"),
        FieldPanel("accent"),
        FieldPanel("favicon"),
        FieldPanel("footer_links"),
    ]

    class Meta:
        verbose_name = _("Brand")

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        cache.delete(_CACHED)
        Edition.advance()


@dataclass(frozen=True, slots=True)
class Picture:
    """An image ready to be shown, with its size in pixels."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Brand:
    """The brand as templates use it; ``style`` is a short digest of the accent, or ""."""

    names: tuple[tuple[str, str], ...] = ()
    logo: Picture | None = None
    favicon: Picture | None = None
    accent: str = ""
    style: str = ""
    links: tuple[tuple[str, str, str], ...] = ()
    #: Ids of the images that every page shows.
    images: frozenset[int] = frozenset()

    @property
    def name(self) -> str:
        """The name in the language in use, else the general one."""
        names = dict(self.names)
        return names.get(get_language() or "") or names.get("") or settings.WAGTAIL_SITE_NAME

    @property
    def footer_links(self) -> list[tuple[str, str]]:
        """(text, address) of the links that the language in use shows."""
        return [(text, url) for text, url, only in self.links if only in ("", get_language())]


def current_brand() -> Brand:
    """The brand, at most a minute old."""
    brand: Brand | None = cache.get(_CACHED)
    if brand is None:
        brand = read_brand()
        cache.set(_CACHED, brand, _SECONDS)
    return brand


def read_brand() -> Brand:
    """The brand as the database has it."""
    kept = BrandSettings.objects.select_related("logo", "favicon").first()
    if kept is None:
        return Brand()
    digest = hashlib.sha256(stylesheet(kept.accent).encode()).hexdigest()[:8] if kept.accent else ""
    return Brand(
        names=(("", kept.name), ("zh-hans", kept.name_zh_hans), ("zh-hant", kept.name_zh_hant)),
        logo=_picture(kept.logo, "height-84"),
        favicon=_picture(kept.favicon, "fill-96x96|format-png"),
        accent=kept.accent,
        style=digest,
        links=tuple(
            (link.value["label"], link.value["url"], link.value["locale"] or "")
            for link in kept.footer_links
        ),
        images=frozenset(pk for pk in (kept.logo_id, kept.favicon_id) if pk),
    )


def shows(file: File) -> bool:
    """Whether the file belongs to the brand, so that everybody may fetch it."""
    return file.kind == IMAGE and file.id in current_brand().images


def _picture(image: Image | None, filter_spec: str) -> Picture | None:
    if image is None:
        return None
    made = image.get_rendition(filter_spec)
    return Picture(made.url, made.width, made.height)


def context(request: HttpRequest) -> dict:
    """Context processor: ``brand``."""
    return {"brand": SimpleLazyObject(current_brand)}


@cache_control(public=True, max_age=31_536_000)
def brand_stylesheet(request: HttpRequest) -> HttpResponse:
    """The accent as a stylesheet; its address carries the accent's digest."""
    accent = current_brand().accent
    return HttpResponse(stylesheet(accent) if accent else "", content_type="text/css")
