"""Webhooks: where they may go, how they are signed, one attempt at a time."""
