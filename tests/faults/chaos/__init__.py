"""A chaos hour: the service as it runs, under load, while what it stands on fails, one part after the other (docs/reference/faults.md)."""
