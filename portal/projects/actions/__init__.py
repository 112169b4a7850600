"""The verbs of projects, one subject a file."""
