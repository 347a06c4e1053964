"""Relevance tests: judged queries of the site's own, measured by night and after each tuning."""
