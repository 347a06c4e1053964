"""Images and documents: who may fetch one follows from the entries that show it.

Uses the models and ``content.rendering``. No address of a file answers but through ``serving``.
"""
