"""What the pages of minutes and tasks read."""
