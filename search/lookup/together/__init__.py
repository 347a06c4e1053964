"""What those who read an entry asked besides: counted by the worker, shown by the titles of what
answered, so that nobody's own words are ever seen."""
