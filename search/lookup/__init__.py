"""The one search service."""
