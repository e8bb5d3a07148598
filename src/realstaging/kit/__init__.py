"""Rank 10: the words every other rank shares. Standard library only."""
