"""What this room announces."""

from django.dispatch import Signal

#: ``ids``: frozenset of entry ids whose present state the engine has confirmed.
entries_indexed = Signal()
