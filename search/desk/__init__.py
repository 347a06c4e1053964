"""The agent's console: one box, results and answer side by side, everything by keyboard.

May use search.lookup, search.journeys and content. Keeps no tables of its own.
"""
