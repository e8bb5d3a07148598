"""Patios, terraces, balconies, decks."""
