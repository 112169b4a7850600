"""HTTP of voting, one subject a file."""

from . import ballots, polls, program, results, roll, ties

routes = (polls.routes, ballots.routes, results.routes, program.routes, ties.routes, roll.routes)
