"""Small pieces of the pages of an owners' vote, as filters; one subject a file."""

from . import ballots, prints, results

FILTERS = {**ballots.FILTERS, **prints.FILTERS, **results.FILTERS}
