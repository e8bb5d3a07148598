"""Stripe: what we ask of it and what it tells us, typed. The only place that knows its SDK (decision 107)."""
