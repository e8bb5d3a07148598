"""Stripe on the wire, with books that are kept: what we use of it, for development and tests. Never for production."""
