"""Rugs and what is soft."""
