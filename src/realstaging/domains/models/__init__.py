"""Which models the paid engine asks, and how each is set up: decided by admins, kept in versions."""
