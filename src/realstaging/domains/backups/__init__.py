"""Backups of the database: sealed, kept elsewhere, put back and looked at (decision 111)."""
