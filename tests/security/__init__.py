"""What somebody with bad intentions sends, and that nothing comes of it."""
