"""Virtual staging for real-estate photos, with the house itself provably unchanged."""
