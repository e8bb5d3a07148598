"""API keys: what programs of an account sign in with."""
