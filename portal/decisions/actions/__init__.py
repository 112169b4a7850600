"""The verbs of decisions, one subject a file."""
