"""Bodies survive being written as text and read back, whatever they hold."""

from hypothesis import given
from hypothesis import strategies as st

from content.importing import fences, frontmatter
from content.importing.drafts import Block

_AWKWARD = st.sampled_from(
    [
        "<!-- zhida:callout kind=note -->",
        "<!-- /zhida:callout -->",
        "<!-- /zhida:agents_only -->",
        "\\<!-- zhida:steps -->",
        "### A step",
        "\\### no step",
        "###",
        "---",
        "```",
        "",
        "  ",
        "<!-- zhida:step title=x -->",
        "<!-- /zhida:step -->",
        "<!-- zhida:snippet name=x -->",
        "-->",
        "正文",
        "| a | b |",
        "\t",
        "\x0b",
        "\u2028",
        "<!--zhida:x",
        "\\\\<!-- /zhida:x",
    ]
)
_ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
TEXT = st.lists(_AWKWARD | _ANY, max_size=6).map("\n".join)
_LEAVES = st.one_of(
    st.builds(Block, st.just("markdown"), TEXT),
    st.builds(
        Block,
        st.just("callout"),
        st.fixed_dictionaries({"kind": st.sampled_from(["note", "danger", ""]), "text": TEXT}),
    ),
    st.builds(Block, st.just("code"), st.fixed_dictionaries({"language": _ANY, "code": TEXT})),
    st.builds(
        Block,
        st.just("steps"),
        st.lists(st.fixed_dictionaries({"title": _ANY | TEXT, "text": TEXT}), max_size=4),
    ),
    st.builds(
        Block,
        st.just("table"),
        st.fixed_dictionaries(
            {
                "cell": st.just([]),
                "data": st.lists(st.lists(_ANY | st.none(), max_size=3), max_size=3),
            }
        )
        | st.just({})
        | st.none(),
    ),
    st.builds(
        Block, st.just("image"), st.fixed_dictionaries({"file": _ANY, "alt": TEXT, "caption": TEXT})
    ),
    st.builds(Block, st.just("video"), st.fixed_dictionaries({"title": TEXT, "url": _ANY})),
    st.builds(Block, st.just("snippet"), st.fixed_dictionaries({"name": _ANY})),
)
BODIES = st.lists(
    _LEAVES | st.builds(Block, st.just("agents_only"), st.lists(_LEAVES, max_size=3).map(tuple)),
    max_size=5,
)


@given(BODIES)
def test_a_body_that_was_written_and_read_is_written_alike(body):
    text = fences.write(body)
    assert fences.write(fences.read(text)) == text


@given(BODIES)
def test_nothing_is_lost_or_moved_into_another_block(body):
    text = fences.write(body)
    assert [b.type for b in fences.read(text)] == [b.type for b in body]


@given(TEXT)
def test_a_markdown_text_comes_back_as_it_was(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    assert fences.read(fences.write([Block("markdown", text)])) == (Block("markdown", lines),)


@given(st.dictionaries(st.sampled_from(["title", "lead", "slug"]), _ANY | TEXT, min_size=1))
def test_front_matter_comes_back_as_it_was(fields):
    head = frontmatter.dump(fields)
    split = frontmatter.split(head + "\nBody\n")
    assert split.fields == fields
    assert split.text == "\nBody\n"


def test_authors_may_write_steps_tables_and_nested_blocks_by_hand():
    body = fences.read(
        "Before\n\n<!-- zhida:steps -->\n### First\nDo it.\n### Second\n<!-- /zhida:steps -->\n"
        "<!-- zhida:agents_only -->\nHidden\n<!-- zhida:callout kind=tip -->\nT\n"
        "<!-- /zhida:callout -->\n<!-- /zhida:agents_only -->\n"
        "<!-- zhida:table -->\n| a | b |\n|---|---|\n| 1 | 2\\|3 |\n<!-- /zhida:table -->"
    )
    assert [b.type for b in body] == ["markdown", "steps", "agents_only", "table"]
    assert body[1].value == [{"title": "First", "text": "Do it."}, {"title": "Second", "text": ""}]
    assert [b.type for b in body[2].value] == ["markdown", "callout"]
    assert body[3].value["data"] == [["a", "b"], ["1", "2|3"]]


def test_a_fence_without_end_is_reported_with_its_line_and_kept_as_text():
    told = []
    body = fences.read("One\n\n<!-- zhida:callout -->\nTwo", lambda *args: told.append(args), 5)
    assert [line for line, _reason in told] == [7]
    assert body == (Block("markdown", "One\n\n<!-- zhida:callout -->\nTwo"),)
