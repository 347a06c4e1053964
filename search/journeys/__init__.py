"""What people did: searches, clicks, reads, votes, contacts. May use content and search.text."""

from .journey import Journey

__all__ = ["Journey"]
