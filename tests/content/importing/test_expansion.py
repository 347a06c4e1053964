"""What one Markdown file becomes: title, transclusions, links, images, code left alone."""

import os

import pytest

from content.importing.documents import Defaults
from content.importing.markdown_folder import read_folder
from content.markdown import render


@pytest.fixture
def folder(tmp_path):
    def write(**files):
        for name, text in files.items():
            path = tmp_path / name.replace("__", "/")
            path = path.with_name(path.name + ".md")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        reading = read_folder(tmp_path, prefix="", defaults=Defaults("en"))
        return {d.file.removesuffix(".md"): d for d in reading.drafts}, reading.problems

    return write


def _text(draft):
    return "\n\n".join(b.value for b in draft.body)


def test_the_title_is_of_the_front_matter_else_the_first_heading_else_the_file_name(folder):
    drafts, _problems = folder(
        a="---\ntitle: 8.5\nsummary: About\n---\n# Other\n\nText",
        b="# Use *this* `tool` {#x}\n\nText",
        c="Only text\n\n```\n# comment\n```",
        d="---\ntitle: Same\n---\n\n# Same\n\nText",
        e="Under\n=====\n\nText",
    )
    assert {k: d.title for k, d in drafts.items()} == {
        "a": "8.5",
        "b": "Use this tool",
        "c": "c",
        "d": "Same",
        "e": "Under",
    }
    assert drafts["a"].lead == "About"
    assert _text(drafts["a"]) == "# Other\n\nText"
    assert _text(drafts["b"]) == _text(drafts["d"]) == _text(drafts["e"]) == "Text"


def test_inclusions_are_resolved_where_the_file_is_there(folder):
    drafts, problems = folder(
        a="A\n\nUse [!INCLUDE [name](inc/name.md)] now, {% include 'inc/name.md' %}.\n\n"
        '> [!INCLUDE[block](inc/block.md)]\n\n--8<-- "inc/name.md"',
        inc__name="Zhida",
        inc__block="one\ntwo [link](name.md)",
    )
    assert "Use Zhida now, Zhida." in _text(drafts["a"])
    assert "> one\n> two [link](zhida-page:inc/name.md)" in _text(drafts["a"])
    assert _text(drafts["a"]).endswith("Zhida")
    assert problems == []


def test_a_missing_inclusion_is_left_out_and_reported_by_line(folder):
    drafts, problems = folder(
        a="First\n\nUse the [!INCLUDE [x](no.md)] page. Done [!INCLUDE [x](no.md)].\n\n"
        "[!INCLUDE [x](no.md)] starts."
    )
    assert _text(drafts["a"]) == "First\n\nUse the page. Done.\n\nstarts."
    assert [(p.file, p.line) for p in problems] == [("a.md", 3), ("a.md", 3), ("a.md", 5)]


def test_files_that_include_each_other_do_not_hang(folder):
    drafts, problems = folder(a="A [!INCLUDE [b](b.md)]", b="B [!INCLUDE [a](a.md)]")
    assert "A B" in _text(drafts["a"])
    assert len(problems) == 2


def test_nothing_outside_the_folder_is_read(folder, tmp_path):
    secret = tmp_path.parent / "secret.md"
    secret.write_text("secret")
    drafts, problems = folder(a="A [!INCLUDE [x](../secret.md)] [!INCLUDE [x](/../secret.md)] end")
    assert _text(drafts["a"]) == "A end"
    assert len(problems) == 2


def test_code_is_never_touched(folder):
    text = (
        "`[a](b.md)`, `a`-`b` and\n\n```md\n[!INCLUDE [x](no.md)]\n![i](no.png)\n```\n\n"
        "~~~\n{{< x >}}\n~~~"
    )
    drafts, problems = folder(a=text, b="B")
    assert _text(drafts["a"]) == text
    assert problems == []


def test_links_between_files_are_found_and_dead_ones_keep_their_text(folder):
    drafts, problems = folder(
        a="[`b` one](sub/b.md#x-y), [c](/sub/c), [d](gone.md), "
        "[e](https://x.org/a.md), [f](#here)\n\n"
        "[r]: sub/b.md\n",
        sub__b="[up](../a.md)",
        sub__c="C",
    )
    assert _text(drafts["a"]).startswith(
        "[`b` one](zhida-page:sub/b.md#x-y), [c](zhida-page:sub/c.md), d, "
        "[e](https://x.org/a.md), [f](#here)"
    )
    assert "[r]: zhida-page:sub/b.md" in _text(drafts["a"])
    assert _text(drafts["sub/b"]) == "[up](zhida-page:a.md)"
    assert [p.line for p in problems] == [1]


def test_links_to_files_that_no_page_is_made_of_keep_their_text_and_are_reported(folder):
    drafts, problems = folder(
        a='[Sheet](media/sheet.pdf "Print it") [![Plan](no.png)](no.png#lightbox)\n\n'
        '<a class="x" href="no/where.html">Where</a> [here](#part) [out](https://example.org/a.pdf)'
    )
    assert _text(drafts["a"]) == (
        'Sheet Plan\n\n<a class="x">Where</a> [here](#part) [out](https://example.org/a.pdf)'
    )
    assert [p.line for p in problems] == [1, 1, 1, 3]


def test_an_image_of_the_long_form_is_found_within_a_link_too(folder, tmp_path):
    (tmp_path / "plan.png").write_bytes(b"not looked into")
    drafts, problems = folder(a='See [:::image source="plan.png" alt-text="Plan":::](plan.png#big)')
    assert _text(drafts["a"]).startswith("See [![Plan](zhida-file:")
    assert problems == []


def test_absolute_links_of_another_site_keep_their_text_and_ours_stay(folder):
    drafts, problems = folder(a="[learn](/training/x) and [ask](/en/contact/)")
    assert _text(drafts["a"]) == "learn and [ask](/en/contact/)"
    assert [p.line for p in problems] == [1]


def test_missing_images_are_reported_and_keep_their_description(folder):
    drafts, problems = folder(a="See\n\n![The screen](media/x.png)\n\n<img src='y.png' alt='Why'>")
    assert _text(drafts["a"]) == "See\n\nThe screen\n\nWhy"
    assert [p.line for p in problems] == [3, 5]


def test_images_of_other_sites_read_as_links_and_within_links_as_their_descriptions(folder):
    image = "https://x.example/b.svg"
    drafts, _problems = folder(
        a=f"![Alone]({image})\n\n[![Linked]({image})](https://y.example/)\n\n"
        f'<p><a href="https://z.example/"><img alt="Button" src="{image}"></img></a></p>'
    )
    html = render(_text(drafts["a"]))
    assert f'<a href="{image}" rel="noopener noreferrer">Alone</a>' in html
    assert '<a href="https://y.example/" rel="noopener noreferrer">Linked</a>' in html
    assert '<a href="https://z.example/" rel="noopener noreferrer">Button</a>' in html
    assert "](" not in html


def test_wrong_encodings_and_broken_front_matter_are_reported_by_file_and_line(folder):
    drafts, problems = folder(
        gb="# 退款说明\n\n客服会在三个工作日之内处理退款申请。".encode("gb18030"),
        utf16="# Sixteen\n\nText".encode("utf-16"),
        bad=b"# Fine\n\n\xff\xfe\xfa caf\xe9 \x81",
        yaml="---\ntitle: a\n  - b: [\n---\nText",
        audience="---\naudience: agnets\n---\nText",
        good="# Good",
    )
    assert {d.title for d in drafts.values()} == {"退款说明", "Sixteen", "Good"}
    fatal = {(p.file, p.line) for p in problems if p.fatal}
    assert fatal == {("bad.md", 3), ("yaml.md", 3), ("audience.md", 2)}
    assert any(p.file == "gb.md" and not p.fatal for p in problems)


def test_a_file_whose_name_is_no_unicode_is_reported_and_the_others_are_read(folder, tmp_path):
    os.close(os.open(os.fsencode(tmp_path) + b"/n\xffme.md", os.O_CREAT | os.O_WRONLY))
    drafts, problems = folder(a="Text")
    assert list(drafts) == ["a"]
    assert [(p.file, p.fatal) for p in problems] == [("n?me.md", True)]


def test_a_text_half_in_another_encoding_is_left_out_rather_than_garbled(folder):
    drafts, problems = folder(a="好的\n\n".encode() + "坏的编码".encode("gb18030"), b="Text")
    assert list(drafts) == ["b"]
    assert [(p.file, p.line, p.fatal) for p in problems] == [("a.md", 3, True)]


def test_variables_are_put_into_addresses_too(folder, tmp_path):
    (tmp_path / "variables.json").write_text('{"version": "v1.6"}')
    drafts, problems = folder(
        a="[A](https://x.example/{{{.version}}}/a.md#b) "
        "![B](https://x.example/{{{.version}}}.png)"
        '\n\n<a href="https://x.example/{{{.version}}}/">C</a> [D][d]\n\n'
        "[d]: https://x.example/{{{.version}}}/d"
    )
    text = _text(drafts["a"])
    assert "[A](https://x.example/v1.6/a.md#b)" in text
    assert '<a href="https://x.example/v1.6/">C</a>' in text
    assert "[d]: https://x.example/v1.6/d" in text
    assert "{{{" not in text
    assert problems == []


def test_a_stray_mark_before_the_description_of_an_image_goes(folder):
    drafts, _problems = folder(a="Select ![!The share icon](media/share.png).")
    assert _text(drafts["a"]) == "Select The share icon."


def test_a_wrong_value_in_the_front_matter_is_reported_by_its_line(folder):
    _drafts, problems = folder(
        a="---\ntitle: A\naudience: martians\n---\nText", b="---\ntitle: B\nverify_by: soon\n---\n"
    )
    assert [(p.file, p.line, p.fatal) for p in problems] == [("a.md", 3, True), ("b.md", 3, True)]


def test_files_that_only_serve_to_be_included_are_told_from_articles(folder):
    drafts, problems = folder(
        a="# A\n\n[!INCLUDE [x](includes/part.md)] [!INCLUDE [y](shared.md)] "
        "[!INCLUDE [z](includes/titled.md)] [!INCLUDE [c](chapter.md)]",
        includes__part="Text of [another](no.md).",
        includes__unused="## Below\n\nNobody includes it.",
        includes__titled="---\ntitle: include file\n---\nA part with a title.",
        includes__guide="---\ntitle: Guide\n---\nA text in its own right.",
        includes__marked="---\ntitle: Marked\nms.topic: include\n---\nText",
        shared="Text without a beginning.",
        chapter="# A chapter\n\nIt is included, and stands alone.",
    )
    assert set(drafts) == {"a", "includes/guide", "chapter"}
    assert [(p.file, p.line) for p in problems] == [("includes/part.md", 1)]


def test_links_to_repeated_headings_reach_the_one_that_the_source_means(folder):
    drafts, _problems = folder(
        a="# Same\n\n## Same\n\n## Use\n\n## Use\n\n### Use\n\n[t](#same-1) [1](#use-1) [2](#use-2)"
        "\n\n`[code](#use-1)` [none](#other-1) <a href='#use-1'>x</a>",
        b="[three](a.md#use-2) [two](a.md#Use-1)\n\n[r]: a.md#use-1\n\n## Step 2\n\n[s](#step-2)",
        c="# 说明\n\n## 用法\n\n## 用法\n\n[二](#%E7%94%A8%E6%B3%95-1)",
    )
    html = render(_text(drafts["a"]))
    assert 'href="#h-same">t</a> <a href="#h-use-2">1</a> <a href="#h-use-3">2</a>' in html
    assert "[code](#use-1)" in html
    assert 'href="#h-other-1"' in html
    assert '<a href="#h-use-2">x</a>' in html
    assert "(zhida-page:a.md#use-3)" in _text(drafts["b"])
    assert "[two](zhida-page:a.md#use-2)" in _text(drafts["b"])
    assert "[r]: zhida-page:a.md#use-2" in _text(drafts["b"])
    assert "[s](#step-2)" in _text(drafts["b"])
    assert 'href="#h-用法-2"' in render(_text(drafts["c"]))


def test_addresses_of_the_site_that_the_texts_come_from_reach_their_files(folder, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/sheet.pdf").write_bytes(b"")
    drafts, problems = folder(
        a="[one](/docs/guide/sub/b) [two](//sub/b.md#x) [three](/guide/sub/b.html?v=2) "
        f"[root](/learn/{tmp_path.name}/b) [host](//example.org/sub/b) "
        "[no](/learn/b) [gone](//sub/gone.md) [file](/sub/sheet.pdf)",
        sub__b="# B",
        b="# Other",
    )
    assert _text(drafts["a"]) == (
        "[one](zhida-page:sub/b.md) [two](zhida-page:sub/b.md#x) [three](zhida-page:sub/b.md) "
        "[root](zhida-page:b.md) [host](//example.org/sub/b) no gone file"
    )
    assert len(problems) == 3


def test_a_link_by_reference_that_leads_nowhere_is_text(folder):
    drafts, problems = folder(a="See [the *plan*][p].\n\n[p]: /learn/plan")
    assert render(_text(drafts["a"])) == "<p>See <a>the <em>plan</em></a>.</p>"
    assert [p.line for p in problems] == [3]


def test_variables_get_their_values_in_blocks_of_code_but_not_in_spans(folder, tmp_path):
    (tmp_path / "variables.json").write_text('{"version": "v1.6"}')
    drafts, problems = folder(
        a="`{{{ .version }}}`\n\n```\nget {{{ .version }}} {{ .Table }}\n{{{ .name }}}\n```\n"
    )
    assert _text(drafts["a"]) == "`{{{ .version }}}`\n\n```\nget v1.6 {{ .Table }}\nname\n```"
    assert [(p.file, p.line) for p in problems] == [("a.md", 3)]


def test_a_long_image_with_too_many_colons_leaves_none(folder):
    drafts, _problems = folder(a='Text\n\n:::image source="x.png" alt-text="Plan"::::::')
    assert _text(drafts["a"]) == "Text\n\nPlan"
