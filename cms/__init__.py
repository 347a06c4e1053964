"""Ties the rooms together: settings, addresses, roles, API mount, health, demonstration.

May import every other room; nothing imports it.
"""
