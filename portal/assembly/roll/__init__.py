"""The roll of an owners' vote: drawn up from the register, kept in rows of its own, written as a file with a digest."""
