"""Reading partner merchants, one subject a file."""
