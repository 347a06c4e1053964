"""Keeps the search index true."""
