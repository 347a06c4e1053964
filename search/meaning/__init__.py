"""What texts mean, as vectors: embedders, and the query's vector within a reader's patience.

Knows no Django, no settings and no ORM. Needs the packages of `requirements-semantic.txt`; without
them the house searches by words.
"""
