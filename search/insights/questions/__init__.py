"""What customers ask in conversations: imported, redacted, grouped, classed, decided on by people.

May use `search.insights.grouping`, journeys, lookup and content.
"""
