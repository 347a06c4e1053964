"""Gaps: what was not found, with evidence, owner, state and proof.

May use journeys, lookup and content.
"""
