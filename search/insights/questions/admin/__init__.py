"""Insights > Questions: the list, one question, imports and their errors, class words."""
