"""The blocks that a body is made of."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock


class MarkdownBlock(blocks.TextBlock):
    """Markdown, shown through the one sanitising function."""

    @cached_property
    def field(self) -> forms.Field:
        """The field; named, since a block in a stream has no label that belongs to its field."""
        field = super().field
        field.widget.attrs["aria-label"] = self.label
        return field

    class Meta:
        icon = "doc-full"
        label = _("Text (Markdown)")


class CalloutBlock(blocks.StructBlock):
    """A remark that stands out."""

    kind = blocks.ChoiceBlock(
        choices=[
            ("note", _("Note")),
            ("tip", _("Tip")),
            ("warning", _("Warning")),
            ("danger", _("Danger")),
        ],
        default="note",
        label=_("Kind"),
    )
    text = blocks.TextBlock(label=_("Text (Markdown)"))

    class Meta:
        icon = "info-circle"
        label = _("Callout")


class StepBlock(blocks.StructBlock):
    """One step."""

    title = blocks.CharBlock(required=False, label=_("Step"))
    text = blocks.TextBlock(required=False, label=_("Text (Markdown)"))


class ImageBlock(blocks.StructBlock):
    """An image with the text that stands for it where it cannot be seen."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(label=_("Alternative text"), help_text=_("What the image shows."))
    caption = blocks.CharBlock(required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Image")


class CodeBlock(blocks.StructBlock):
    """Code, shown as it is."""

    language = blocks.CharBlock(required=False, max_length=30, label=_("Language"))
    code = blocks.TextBlock(label=_("Code"))

    class Meta:
        icon = "code"
        label = _("Code")


class VideoBlock(blocks.StructBlock):
    """A video as a file of ours, or a link; nothing is embedded from other hosts."""

    title = blocks.CharBlock(label=_("Title"))
    file = DocumentChooserBlock(required=False, label=_("File"))
    url = blocks.URLBlock(required=False, label=_("Link"))

    class Meta:
        icon = "media"
        label = _("Video")


def _basic() -> list[tuple[str, blocks.Block]]:
    return [
        ("markdown", MarkdownBlock()),
        ("callout", CalloutBlock()),
        ("steps", blocks.ListBlock(StepBlock(), label=_("Ordered steps"), icon="list-ol")),
        ("table", TableBlock(label=_("Table"))),
        ("image", ImageBlock()),
        ("code", CodeBlock()),
        ("video", VideoBlock()),
    ]


class BasicBody(blocks.StreamBlock):
    """What a reusable snippet may hold."""

    def __init__(self, local_blocks=None, **kwargs) -> None:
        super().__init__(local_blocks or _basic(), **kwargs)


class AgentsOnlyBlock(blocks.StreamBlock):
    """Text inside an article that never leaves it for a customer."""

    def __init__(self, local_blocks=None, **kwargs) -> None:
        super().__init__(local_blocks or [*_basic(), _snippet()], **kwargs)

    class Meta:
        icon = "lock"
        label = _("Agents only")


class Body(blocks.StreamBlock):
    """What an entry's body may hold."""

    def __init__(self, local_blocks=None, **kwargs) -> None:
        super().__init__(
            local_blocks or [*_basic(), _snippet(), ("agents_only", AgentsOnlyBlock())], **kwargs
        )


def _snippet() -> tuple[str, blocks.Block]:
    return ("snippet", SnippetChooserBlock("content.Snippet", label=_("Reusable snippet")))
