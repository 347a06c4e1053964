"""Every change of a row is announced in its own transaction."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save

from .models import DictionaryWord, Pin, PinnedEntry, Synonym, TuningVersion


def connect() -> None:
    """Listen to the rows."""
    for model in (Synonym, DictionaryWord, Pin, PinnedEntry):
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"tuning.{model.__name__}")


def _changed(**_: Any) -> None:
    TuningVersion.change()
