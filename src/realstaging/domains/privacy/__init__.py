"""Everything that is kept of an account or a person, handed out or erased (decision 105)."""
