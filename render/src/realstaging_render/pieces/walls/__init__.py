"""What hangs on walls."""
