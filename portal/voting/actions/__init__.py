"""The verbs of voting, one subject a file."""
