"""The pages of figures in the admin: tables and charts over ``search.insights.metrics``."""
