"""What Wagtail's Chinese catalogues leave in English is translated by ours."""

import re
from pathlib import Path

import polib
import pytest
import wagtail
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from tests import factories as make

FOLDER = Path(settings.LOCALE_PATHS[1])
CATALOGUES = sorted(FOLDER.glob("*/LC_MESSAGES/*.po"))
WAGTAIL = Path(wagtail.__file__).parent


def english(domain: str) -> set[tuple[str, str]]:
    """(one, many) of every string of the installed Wagtail; "" for many where there is one form."""
    found = WAGTAIL.rglob(f"locale/en/LC_MESSAGES/{domain}.po")
    return {(e.msgid, e.msgid_plural) for path in found for e in polib.pofile(str(path))}


def places(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)[sd]|\{\w+\}", text))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_each_string_is_one_of_the_installed_wagtail_and_keeps_its_places(path):
    entries = polib.pofile(str(path))
    assert {(e.msgid, e.msgid_plural) for e in entries} - english(path.stem) == set()
    for entry in entries:
        said = entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr
        assert places(said) in (places(entry.msgid), places(entry.msgid_plural)), entry.msgid


@pytest.mark.parametrize(
    ("language", "locked", "pages"),
    [("zh-hans", "由您锁定", "已发布 3 个页面"), ("zh-hant", "由您鎖定", "已發布 3 個頁面")],
)
def test_they_are_in_force(language, locked, pages):
    with translation.override(language):
        assert gettext("Locked by you") == locked
        text = ngettext(
            "%(num_parent_objects)d page has been published",
            "%(num_parent_objects)d pages have been published",
            3,
        )
        assert text % {"num_parent_objects": 3} == pages


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "正在自动保存…"), ("zh-hant", "正在自動儲存…")]
)
def test_the_admin_s_scripts_know_them_as_well(client, language, said):
    client.force_login(make.user(group="Writers"))
    with translation.override(language):
        script = client.get(
            reverse("wagtailadmin_javascript_catalog"), headers={"Accept-Language": language}
        )
    assert said.encode("ascii", "backslashreplace").decode() in script.content.decode()
