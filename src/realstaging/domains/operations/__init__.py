"""What operators do across the other domains, through their services: a new key takes over. The highest domain; nobody calls it."""
