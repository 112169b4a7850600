"""The verbs of meetings, one subject a file."""
