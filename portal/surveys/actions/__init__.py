"""The verbs of questionnaires, one subject a file."""
