"""Thousands of people at once against the service's real processes: `make load`."""
