"""Alerts: rules on figures and groups, what they found, who is told and how.

Conditions are decided on sums by the hour alone, so that a preview of the last 90 days and the
worker decide alike. May use the metrics of this room, and gaps.
"""
