"""A mail server for development and tests, on the wire: it keeps every letter to itself and shows it in a page. Never for production."""
