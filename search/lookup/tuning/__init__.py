"""Search tuning in the admin: synonyms, dictionary and pins, each with its effect before saving."""
