"""Refusing a case."""


class Unreadable(ValueError):
    """A case that cannot be counted, in one line for whoever ran the recount."""
