"""What others may find: addresses, translations, structured data, feeds, sitemap. Public only."""
