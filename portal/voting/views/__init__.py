"""HTTP of voting, one subject a file."""

from . import ballots, polls, results, roll

routes = (polls.routes, ballots.routes, results.routes, roll.routes)
