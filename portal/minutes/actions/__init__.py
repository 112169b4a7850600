"""The verbs of minutes and tasks, one subject a file."""
