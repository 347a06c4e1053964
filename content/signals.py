"""What this room announces to those who listen."""

from django.dispatch import Signal

#: Sent inside the transaction that changed what readers see of entries: ``ids`` is a frozenset of
#: page ids (published, unpublished, deleted, moved, renamed, using an edited snippet, …).
entries_changed = Signal()
