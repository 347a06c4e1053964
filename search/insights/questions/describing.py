"""Names groups, finds their key words and their class; what people decided stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from search.insights.grouping.naming import KeyWords, name_of

from .classing import Classifier
from .models import QuestionGroup, QuestionText

#: Wordings of a group that are read: those nearest its middle.
READ = 300


def describe(ids: Iterable[int]) -> None:
    """Describe the groups with these ids anew; key words are weighed against all groups."""
    wanted = set(ids)
    if not wanted:
        return
    key_words, classifier = KeyWords(), Classifier.of_site()
    counted = {}
    for group in QuestionGroup.objects.filter(texts_count__gt=0).order_by("pk"):
        rows = list(
            QuestionText.objects.filter(group=group)
            .order_by("-nearness", "pk")
            .values_list("text", "nearness", "locale")[:READ]
        )
        if rows:
            texts = [text for text, _near, _locale in rows]
            counted[group.pk] = (group, rows, key_words.count(texts))
    changed = []
    for pk in wanted & counted.keys():
        group, rows, words = counted[pk]
        texts = [text for text, _near, _locale in rows]
        group.locale = Counter(locale for _text, _near, locale in rows).most_common(1)[0][0]
        group.key_words = key_words.best(words, len(texts))
        if not group.named:
            own = [row for row in rows if row[2] == group.locale]
            group.name = name_of([row[0] for row in own], [row[1] for row in own])[:300]
        if not group.classed:
            group.kind, group.kind_words = classifier.classify_all(texts)
        changed.append(group)
    QuestionGroup.objects.bulk_update(
        changed, ["locale", "key_words", "name", "kind", "kind_words"], batch_size=200
    )
