"""Rank 6: the machinery every domain stands on: database, transactions with their outbox, jobs, events, identity."""
