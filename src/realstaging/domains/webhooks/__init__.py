"""Webhooks out: what happens in an account, told to addresses of its own, signed (Standard Webhooks, decision 99)."""
