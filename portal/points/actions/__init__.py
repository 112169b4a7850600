"""The verbs of the points, and their only writers."""
