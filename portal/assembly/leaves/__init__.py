"""Small pieces of the pages of an owners' vote, as filters; one subject a file."""

from . import ballots, convening, costs, prints, results

FILTERS = {**ballots.FILTERS, **convening.FILTERS, **costs.FILTERS, **prints.FILTERS, **results.FILTERS}
