"""Takes knowledge out: every entry as text or JSON, which ``content.importing`` reads back.

Uses the drafts, fences and front matter of ``content.importing``: both speak one language.
"""
