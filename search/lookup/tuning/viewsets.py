"""Search tuning > Synonyms, Dictionary, Pins: Wagtail's own lists and forms, declared."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from search.index.tuning.conflicts import conflicts
from search.index.tuning.dictionary import waiting
from search.index.tuning.models import DictionaryWord, Pin, Synonym

from .effect import in_force
from .showing import TuningCreateView, TuningDeleteView, TuningEditView

MENU_HOOK = "register_search_tuning_menu_item"


class _Tuned(ModelViewSet):
    """What the three have in common."""

    add_view_class = TuningCreateView
    edit_view_class = TuningEditView
    delete_view_class = TuningDeleteView
    index_template_name = "tuning/index.html"
    create_template_name = edit_template_name = "tuning/form.html"
    delete_template_name = "tuning/delete.html"
    menu_hook = MENU_HOOK
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 50


class SynonymIndexView(generic.IndexView):
    """The list, with import beside export."""

    template_name = "tuning/synonyms.html"


class SynonymViewSet(_Tuned):
    """Words that are also searched for as others."""

    model = Synonym
    name = "tuning_synonyms"
    url_prefix = "tuning/synonyms"
    icon = "order"
    menu_label = _("Synonyms")
    menu_order = 10
    index_view_class = SynonymIndexView
    index_template_name = "tuning/synonyms.html"
    list_display = [
        "__str__",
        Column("get_locale_display", label=_("Language"), sort_key="locale"),
        Column("get_audience_display", label=_("Audience"), sort_key="audience"),
        UpdatedAtColumn(label=_("Updated")),
    ]
    list_filter = ["locale", "audience", "both_ways"]
    search_fields = ["words", "synonyms"]
    list_export = ["words", "synonyms", "both_ways", "locale", "audience"]
    export_headings = {name: name for name in list_export}
    export_filename = "synonyms"
    panels = [
        FieldRowPanel([FieldPanel("words"), FieldPanel("synonyms")]),
        FieldPanel("both_ways"),
        FieldRowPanel([FieldPanel("locale"), FieldPanel("audience")]),
    ]


class ProgressColumn(Column):
    """The articles with the word, and how many of them wait to be indexed again."""

    cell_template_name = "tuning/progress_cell.html"


class DictionaryIndexView(generic.IndexView):
    """The list, which follows the indexing while there is some."""

    template_name = "tuning/dictionary.html"

    def get_base_queryset(self) -> QuerySet[DictionaryWord]:
        """With what waits of each: one query."""
        return waiting()


class DictionaryViewSet(_Tuned):
    """Words that stay whole."""

    model = DictionaryWord
    name = "tuning_dictionary"
    url_prefix = "tuning/dictionary"
    icon = "list-ul"
    menu_label = _("Dictionary")
    menu_order = 20
    index_view_class = DictionaryIndexView
    index_template_name = "tuning/dictionary.html"
    list_display = [
        "word",
        Column("note", label=_("Note")),
        ProgressColumn("articles", label=_("Articles"), sort_key="articles"),
        UpdatedAtColumn(label=_("Updated")),
    ]
    search_fields = ["word", "note"]
    list_export = ["word", "note", "articles"]
    export_filename = "dictionary"
    panels = [FieldPanel("word"), FieldPanel("note")]


class EntriesColumn(Column):
    """The entries of a pin in their order."""

    cell_template_name = "tuning/entries_cell.html"


class ConflictsColumn(Column):
    """Other pins that meet the same question."""

    cell_template_name = "tuning/conflicts_cell.html"


class PinIndexView(generic.IndexView):
    """The list; conflicts are found among the pins in force in memory, without a query."""

    def get_base_queryset(self) -> QuerySet[Pin]:
        """With the entries: two queries more, however many pins."""
        return super().get_base_queryset().prefetch_related("entries__entry")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each pin with its conflicts."""
        context = super().get_context_data(**kwargs)
        rules = {rule.id: rule for rule in in_force().pins}
        for pin in context["object_list"]:
            if pin.pk in rules:
                pin.conflicts = conflicts(rules[pin.pk], rules.values())
        return context


class PinViewSet(_Tuned):
    """Entries that stand first for a question."""

    model = Pin
    name = "tuning_pins"
    url_prefix = "tuning/pins"
    icon = "thumbtack"
    menu_label = _("Pins")
    menu_order = 30
    index_view_class = PinIndexView
    list_display = [
        "query",
        Column("get_match_display", label=_("Match"), sort_key="match"),
        EntriesColumn("entries", label=_("Entries")),
        Column("get_locale_display", label=_("Language"), sort_key="locale"),
        Column("get_audience_display", label=_("Audience"), sort_key="audience"),
        Column("starts", label=_("From"), sort_key="starts"),
        Column("ends", label=_("Until"), sort_key="ends"),
        ConflictsColumn("conflicts", label=_("Conflicts")),
    ]
    list_filter = ["locale", "audience", "match"]
    search_fields = ["query"]
    list_export = ["query", "match", "locale", "audience", "starts", "ends"]
    export_filename = "pins"
    panels = [
        FieldRowPanel([FieldPanel("query"), FieldPanel("match")]),
        InlinePanel("entries", heading=_("Entries, the first one first"), min_num=1, max_num=10),
        FieldRowPanel([FieldPanel("locale"), FieldPanel("audience")]),
        MultiFieldPanel([FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")])], _("Dates")),
    ]
