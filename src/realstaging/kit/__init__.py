"""Rank 10: what every other rank shares. Nothing of ours is below it."""
