"""Takes knowledge out: every entry as a text file or as JSON, which ``content.importing`` reads back.

Uses the drafts, fences and front matter of ``content.importing``, so that both speak one language.
"""
