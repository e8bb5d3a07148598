"""Colleagues asked by e-mail into an account."""
