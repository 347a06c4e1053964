"""Announces what changed (filled by the signal handlers of this room)."""
