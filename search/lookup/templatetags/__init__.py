"""What templates need to show results: marks, languages, icons."""
