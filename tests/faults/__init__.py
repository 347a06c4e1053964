"""Faults: parts that are killed, hung, filled up or taken away while the site goes on."""
