"""A plain Wagtail project with the same articles, to compare with: nothing of ours is in it."""
