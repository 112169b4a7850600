"""HTTP of the owners' vote, one subject a file."""

from ...core.routing import Routes
from . import counts, objections, owners_votes, papers, prints, results

routes: tuple[Routes, ...] = (owners_votes.routes, papers.routes, prints.routes, counts.routes, objections.routes, results.routes)
