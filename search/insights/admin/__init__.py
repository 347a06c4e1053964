"""The pages of Insights in the admin: the list of gaps, one gap, its evidence beside an editor."""
