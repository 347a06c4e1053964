"""Tokens of the API: made by a command, kept as digests, each with its owner's audience."""
