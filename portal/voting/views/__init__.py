"""HTTP of voting, one subject a file."""

from . import ballots, polls, results, roll, ties

routes = (polls.routes, ballots.routes, results.routes, ties.routes, roll.routes)
