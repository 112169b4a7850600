"""Small pieces of the pages of an owners' vote, as filters; one subject a file."""

from . import ballots

FILTERS = {**ballots.FILTERS}
