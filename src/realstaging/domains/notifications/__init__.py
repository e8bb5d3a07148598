"""Letters to people: what is written to whom, when, and never again."""
