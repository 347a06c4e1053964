"""What of the index the admin shows: changes that could not be indexed."""
