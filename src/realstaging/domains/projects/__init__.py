"""Projects: a listing and what belongs to it."""
