"""Who pays (account) and who works (member)."""
