"""What the first page and the desk read, by subject."""
