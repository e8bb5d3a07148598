"""Whether the files that are kept and the rows that name them agree."""
