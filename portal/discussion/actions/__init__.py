"""The verbs of a discussion, by what they are about."""
