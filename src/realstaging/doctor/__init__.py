"""Rank 3: whether every part of an installation is well, what is not, and how to mend it."""
