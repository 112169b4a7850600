"""What is done with partner merchants, one subject a file."""
