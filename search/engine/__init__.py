"""The index itself, behind one small protocol: embedded.py keeps it in a folder on this machine.

Knows tokens, filters and scores; knows no Django, no settings and no analysis of text.
"""
