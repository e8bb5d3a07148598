"""Photos: uploads that were checked and kept, identical originals once."""
