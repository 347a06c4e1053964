"""What does not work, told to those in charge: once, daily while it lasts, and when over."""
