"""A constructed site with gaps whose cause is known."""
