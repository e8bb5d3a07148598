"""Upload links: a photographer sends photos into a project without signing in."""
