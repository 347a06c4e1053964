"""Markdown reads as its writer meant it."""

import pytest

from content.markdown import render


def test_chinese_headings_keep_their_han_in_anchors():
    assert 'id="h-备份-与恢复"' in render("## 备份 与恢复")


def test_the_second_heading_of_a_name_gets_a_number():
    html = render("## Set up\n\n## Set up")
    assert 'id="h-set-up"' in html
    assert 'id="h-set-up-2"' in html


def test_signs_in_code_leave_no_trace_in_anchors():
    assert 'id="h-set-name--ab"' in render("## `set <name> & a&b`")


def test_a_link_to_a_heading_finds_it():
    html = render("[see](#备份)\n\n## 备份\n\n[other](/en/orders/x/#Set-up)")
    assert 'href="#h-备份"' in html
    assert 'href="/en/orders/x/#h-set-up"' in html


def test_an_own_anchor_of_a_heading_is_kept():
    assert render("## 标题 {#intro}") == '<h2 id="h-intro">标题</h2>'


@pytest.mark.parametrize(
    "place",
    ['<a name="Fix_Errors"></a>', "<a name=Fix_Errors></a>", '<span id="Fix_Errors"></span>'],
)
def test_a_link_to_a_place_named_by_hand_finds_it(place):
    html = render(f"[see](#Fix_Errors)\n\n### {place}Mending\n\nText")
    assert 'href="#h-fix_errors"' in html
    assert html.count('id="h-fix_errors"') == 1
    assert 'id="h-mending"' in html


def test_a_place_does_not_take_the_name_of_a_heading():
    html = render('<a name="setup"></a>\n\n## Setup\n\n<a id="one"></a>A <a id="one"></a>B')
    assert '<h2 id="h-setup">' in html
    assert html.count('id="h-setup"') == 1
    assert html.count('id="h-one"') == 1


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        ("> [!NOTE]\n> Text", "note", "Note"),
        (">![!NOTE]\n>Text", "note", "Note"),
        ("> [!TIP]\n> 文字", "tip", "提示"),
        ("> [!Important]\n> Text", "warning", "Important"),
        ("> [!CAUTION]\n> Text", "danger", "Caution"),
        ("> **注意：**\n>\n> 文字", "note", "注意"),
        ("> **警告**\n>\n> 文字", "warning", "警告"),
        ("!!! warning\n    Text", "warning", "Warning"),
        ('!!! tip "Mine"\n    Text', "tip", "Mine"),
    ],
)
def test_remarks_of_every_dialect_become_callouts(text, kind, title):
    html = render(text)
    assert f'class="z-callout z-callout-{kind}"' in html
    assert f'<p class="z-callout-title">{title}</p>' in html
    assert "[!" not in html


def test_an_ordinary_quotation_stays_one():
    assert render("> Said he.") == "<blockquote>\n<p>Said he.</p>\n</blockquote>"


def test_lists_indented_by_two_blanks_are_nested():
    html = render("- a\n  - b\n    - c\n- d")
    assert html.count("<ul>") == 3


def test_a_list_after_a_paragraph_needs_no_empty_line():
    assert "<li>one</li>" in render("First:\n- one\n- two")


def test_text_and_code_inside_an_item_do_not_end_its_list():
    html = render("1. one\n\n   text\n\n   ```sql\n   select 1\n   ```\n\n2. two")
    assert html.count("<ol>") == 1
    assert '<code class="language-sql">select 1\n</code>' in html


def test_a_list_goes_on_counting_after_a_paragraph():
    assert '<ol start="2">' in render("1. one\n\ntext\n\n2. two")


def test_code_is_shown_as_it_is():
    html = render("```\n**not bold** <b> {{< copyable >}} [!NOTE]\n```")
    assert "**not bold** &lt;b&gt; {{&lt; copyable &gt;}} [!NOTE]" in html


def test_tables_have_headers_and_can_be_scrolled_by_keyboard():
    html = render("Text\n| a | b |\n|---|--:|\n| 1 | 2 |")
    assert '<div class="z-table-scroll" tabindex="0"><table>' in html
    assert '<th scope="col">a</th>' in html
    assert '<td class="z-align-right">2</td>' in html


def test_footnotes_link_there_and_back():
    html = render("x[^a]\n\n[^a]: y")
    assert 'href="#fn-a"' in html
    assert 'id="fn-a"' in html
    assert 'id="fnref-a"' in html


def test_placeholders_in_angle_brackets_are_shown():
    assert "&lt;cluster-name&gt;" in render("tiup start <cluster-name>")


def test_tags_that_only_group_go_and_their_markdown_stays():
    html = render('<SimpleTab>\n<div label="Linux">\n\n**x**\n\n</div>\n</SimpleTab>')
    assert html == "<p><strong>Linux</strong></p>\n<p><strong>x</strong></p>"


def test_shortcodes_and_lost_inclusions_leave_nothing():
    text = (
        '{{< copyable "sql" >}}\n\na [!INCLUDE[x](includes/x.md)] b\n\n:::row:::\n\n:::row-end:::'
    )
    assert render(text) == "<p>a  b</p>"


def test_a_directive_for_an_image_is_one():
    html = render(
        ':::image type="content" source="/media/a.png" alt-text="A view." lightbox="x":::'
    )
    assert 'alt="A view."' in html
    assert 'src="/media/a.png"' in html


def test_an_image_that_is_not_here_is_left_out_and_one_elsewhere_is_a_link():
    assert render("![x](media/x.png)") == ""
    assert "<img" not in render("![x](https://example.com/x.png)")
    assert 'href="https://example.com/x.png"' in render("![x](https://example.com/x.png)")


def test_a_video_of_another_host_is_a_plain_link():
    html = render("> [!VIDEO https://example.com/v]")
    assert 'href="https://example.com/v"' in html
    assert "<iframe" not in html


def test_links_outwards_give_nothing_away():
    assert 'rel="noopener noreferrer"' in render("[x](https://example.com)")
    assert "rel=" not in render("[x](/en/)")


def test_bare_addresses_become_links_but_not_in_code():
    assert '<a href="https://example.com/a"' in render("见 https://example.com/a。")
    assert "<a" not in render("`https://example.com`")


def test_struck_text_tasks_and_folding_parts_are_understood():
    assert "<del>x</del>" in render("~~x~~")
    assert "☑ done" in render("- [x] done")
    assert "<strong>b</strong>" in render("<details>\n<summary>S</summary>\n\n**b**\n\n</details>")


def test_a_comment_is_not_shown_and_does_not_swallow_the_rest():
    assert render("a\n\n<!-- x\ny -->\n\nb") == "<p>a</p>\n<p>b</p>"


def test_an_item_straight_after_a_paragraph_of_another_goes_on_with_the_list():
    html = render("1. one\n\n   more\n2. two\n\n    even more\n3. three")
    assert html.count("<li>") == 3
    assert html.count("<ol>") == 1


def test_two_alerts_in_one_quotation_are_two():
    html = render("> [!NOTE]\n> a\n> [!TIP]\n> b")
    assert html.count('role="note"') == 2
    assert "[!" not in html


def test_tags_of_other_sites_go_and_escaped_brackets_stay():
    assert render("a\n\n<StickyTable>\n\nb\n\n</StickyTable>") == "<p>a</p>\n<p>b</p>"
    assert "&lt;blank&gt;" in render("Choose \\<blank> here")


@pytest.mark.parametrize(
    "text", ["| a | b |\n|---|---|---|\n| 1 | 2 |", "| a | b |\n|---|\n| 1 | 2 |"]
)
def test_a_table_whose_first_rows_differ_in_cells_is_a_table(text):
    html = render(text)
    assert '<th scope="col">b</th>' in html
    assert "<td>2</td>" in html


def test_a_table_may_begin_with_an_empty_header():
    html = render("||a| b |\n| :-: | :-: | :-: |\n| x | 1 | 2 |")
    assert html.count("<td") == 4
    assert html.count("<th ") == 2


def test_formulas_in_tex_are_legible_code_and_prices_stay_prices():
    html = render(
        "$$\n\\text{In} = \\frac{a}{b} \\times \\sqrt{x_{i}}\n$$\n\nSo $\\alpha_{1}^{n} \\le 1$."
    )
    assert "<code>In = a/b × √(x_i)\n</code></pre>" in html
    assert "<code>α_1^n ≤ 1</code>" in html
    assert render("It costs $5, or $10 \\*net\\*.") == "<p>It costs $5, or $10 *net*.</p>"
    assert "<code>$\\alpha$</code>" in render("`$\\alpha$` is an alpha")
    assert render("$$\n\nText").count("<p>") == 2


def test_links_whose_address_is_still_owed_are_text():
    assert "href" not in render("[Where](#) and [there]()")


def test_links_without_words_go():
    image = '<img src="https://x.example/a.svg">'
    html = render(
        f'A <a href="https://x.example"> {image} </a><a href="/en/b/" title="B"></a>[](/en/c/)'
    )
    assert html == "<p>A </p>"
    assert 'src="/media/x.png"' in render("[![X](/media/x.png)](/en/b/)")


def test_long_words_in_cells_may_break_after_their_signs_and_elsewhere_stay_whole():
    word = "tidb_mem_quota_query"
    html = render(f"`{word}`\n\n| {word} | `{word}` |\n|---|---|\n| short_one | <{word}> |\n")
    broken = "tidb_<wbr>mem_<wbr>quota_<wbr>query"
    assert html.count(broken) == 3
    assert f"<p><code>{word}</code></p>" in html
    assert "short_one" in html
    assert "<h2 id=" in (html := render(f"## {word}_of_a_session\n\n```\n{word}_of_a_session\n```"))
    assert f"{broken}_<wbr>of_<wbr>a_<wbr>session</h2>" in html
    assert f"{word}_of_a_session\n</code>" in html


def test_cells_with_more_than_a_few_words_are_marked_to_get_room():
    html = render(
        f"| a | b |\n|---|--:|\n| few words | {'many words ' * 9} |\n| {'很多字' * 11} | |"
    )
    assert html.count("z-long") == 2
    assert '<td class="z-long z-align-right">' in html
    assert '<td class="z-long">' in html


def test_tabs_are_headings_within_steps_too():
    assert '<h2 id="h-existing">Existing</h2>' in render(
        "1. Open\n\n   ## [Existing](#tab/x)\n\n   Text"
    )
