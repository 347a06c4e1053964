"""How knowledge is found, and what the finding teaches.

Rooms, from the bottom up: text, engine, index, journeys, lookup, then insights and desk side by
side. Each may use the rooms below it and `content`; `content` knows nothing of search.
"""
