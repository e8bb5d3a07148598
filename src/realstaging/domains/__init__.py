"""Rank 5: what the business does, one folder a noun."""
