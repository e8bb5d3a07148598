"""Stagings: a photo, a room type, a style and an engine, brought to a result."""
