"""Figures: facts made of records, sums of facts by hour, day and month, metrics made of the sums.

A fact is one intent, read, vote, contact or use of the contact form, with what it adds to which
column. A bucket is a sum of facts; a metric is a ratio of columns; the rows behind a metric are
the facts that added to it. May use journeys and content.
"""
