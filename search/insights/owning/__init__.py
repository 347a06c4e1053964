"""Whose a gap is by rule, where nobody has given it to anybody."""
