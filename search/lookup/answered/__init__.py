"""When meaning answers: calibrated from the site's own content, kept, shown in the admin."""
