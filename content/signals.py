"""What this room announces to those who listen."""

from django.dispatch import Signal

#: Sent inside the transaction that changed what readers see of entries: ``ids`` is a frozenset of
#: page ids (published, unpublished, deleted, moved, renamed, using an edited snippet, …).
entries_changed = Signal()

#: Sent before and after an import, whatever becomes of it: ``entries`` (how many are to change,
#: before only), ``processes`` (how many processes may be busy with them).
import_began = Signal()
import_ended = Signal()

#: Sent while a page is prepared for a reader: ``page``, ``audience``, ``request``, ``context`` (a
#: dictionary for the template, which listeners may add to).
page_opened = Signal()
