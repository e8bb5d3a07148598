"""Which models the paid engine asks, and how each is set up: decided by operators, kept in versions."""
