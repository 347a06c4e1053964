"""English: the day first, the month in full."""

DATE_FORMAT = "j F Y"
