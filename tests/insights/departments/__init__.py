"""Departments, touchpoints and weekly digests."""
