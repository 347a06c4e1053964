"""Products that entries are about."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet


@register_snippet
class Product(models.Model):
    """A product, service or plan; ``name`` serves in languages where it has no other."""

    name = models.CharField(_("name"), max_length=100)
    name_zh_hans = models.CharField(_("name in Simplified Chinese"), max_length=100, blank=True)
    name_zh_hant = models.CharField(_("name in Traditional Chinese"), max_length=100, blank=True)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def named(self, locale: str) -> str:
        """The name to show in ``locale``, a language code."""
        return getattr(self, f"name_{locale.replace('-', '_')}", "") or self.name

    @property
    def names(self) -> list[str]:
        """All its names, the general one first."""
        return [name for name in (self.name, self.name_zh_hans, self.name_zh_hant) if name]
