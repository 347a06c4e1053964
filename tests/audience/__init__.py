"""Looks everywhere for a word that a reader must not see: where words are put, how one looks."""
