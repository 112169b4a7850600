"""The verbs of awards, one subject a file."""
