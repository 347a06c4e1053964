"""The one search service: understand, retrieve, gate, present; suggestions, most asked, views, API.

May use journeys, index, engine, text and content. Everything that searches calls it.
"""
