"""The verbs of a council, one subject a file."""
