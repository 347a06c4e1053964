"""Every change of a row is announced in its own transaction."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save

from . import dictionary
from .models import DictionaryWord, Pin, PinnedEntry, Synonym, TuningVersion


def connect() -> None:
    """Listen to the rows."""
    for model in (Synonym, DictionaryWord, Pin, PinnedEntry):
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"tuning.{model.__name__}")
    post_save.connect(_word_saved, sender=DictionaryWord, dispatch_uid="tuning.word")
    post_delete.connect(_word_deleted, sender=DictionaryWord, dispatch_uid="tuning.word")


def _changed(**_: Any) -> None:
    TuningVersion.change()


def _word_saved(instance: DictionaryWord, **_: Any) -> None:
    if instance.word != instance.kept_word:
        dictionary.reindex(instance, *filter(None, (instance.kept_word, instance.word)))
        instance.kept_word = instance.word


def _word_deleted(instance: DictionaryWord, **_: Any) -> None:
    dictionary.reindex(instance, instance.word)
