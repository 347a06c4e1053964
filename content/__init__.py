"""What is known: articles, FAQ entries, versions, audience, ownership, import and export.

Knows nothing of search: it announces changes (``content.signals``) and others listen.
"""
