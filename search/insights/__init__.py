"""Gaps, replay and figures."""
