"""Brings knowledge in: Markdown folders, question tables and our own exports become pages.

Reading (files to drafts) knows nothing of the database; building (drafts to pages) knows nothing
of files. May use the rest of ``content``; knows nothing of search.
"""
