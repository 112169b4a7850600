"""The verbs of volunteering, one subject a file."""
