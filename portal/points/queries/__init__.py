"""Reading the points."""
