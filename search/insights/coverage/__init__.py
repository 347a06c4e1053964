"""Whether frequent questions have an article, whether the search finds it, and whether it helped.

May use the frequent questions and the diagnosis of this room, and the search service.
"""
