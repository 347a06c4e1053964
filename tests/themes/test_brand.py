"""The operator's brand: name, links and an accent that can always be read."""

import pytest
from django.core.cache import cache
from hypothesis import example, given
from hypothesis import strategies as st

from cms.branding import BrandSettings
from cms.colours import DARK, LIGHT, contrast, legible, written


@given(st.tuples(*[st.integers(0, 255)] * 3), st.sampled_from([LIGHT, DARK, "#eef2f3"]))
@example((255, 255, 255), LIGHT)
@example((0, 0, 0), DARK)
def test_every_accent_becomes_legible_on_both_backgrounds(parts, background):
    accent = written(tuple(part / 255 for part in parts))
    assert contrast(legible(accent, background), background) >= 4.5


@pytest.mark.django_db
def test_name_accent_and_links_show_on_every_page(client):
    cache.clear()
    link = {"type": "link", "value": {"label": "Imprint", "url": "/imprint/", "locale": "en"}}
    BrandSettings.objects.create(name="Tarnwell", accent="#ffcc00", footer_links=[link])
    page = client.get("/en/contact/").content.decode()
    assert "Tarnwell" in page
    assert 'href="/imprint/"' in page
    assert "/brand.css?v=" in page
    assert "Imprint" not in client.get("/zh-hans/contact/").content.decode()
    assert "--accent:#" in client.get("/brand.css").content.decode()
    cache.clear()
