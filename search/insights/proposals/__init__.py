"""What people's own words teach: phrasings for articles, and synonyms, each with its evidence."""
