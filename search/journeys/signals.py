"""What this room announces, always after the records are written."""

from django.dispatch import Signal

#: ``searches``: list of Search rows that are complete (submitted, or typing has stopped).
searches_recorded = Signal()
#: ``contact``: the Contact that was made; its searches point at it.
contact_made = Signal()
#: ``event``: the Event by which somebody said that what they needed was not found.
not_found_flagged = Signal()
#: ``before``: everything older than this time (aware) has been removed.
retention_applied = Signal()
