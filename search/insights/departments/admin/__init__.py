"""Departments, touchpoints and weekly digests in the admin."""
