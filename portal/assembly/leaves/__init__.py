"""Small pieces of the pages of an owners' vote, as filters; one subject a file."""

from . import ballots, convening, prints, results

FILTERS = {**ballots.FILTERS, **convening.FILTERS, **prints.FILTERS, **results.FILTERS}
