"""Insights > Alerts: the list, an alert, its rules and webhooks."""
