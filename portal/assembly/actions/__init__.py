"""The verbs of an owners' vote, by subject."""
