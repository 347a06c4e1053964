"""Benches: ratios and percentiles measured on this machine, in one run."""
