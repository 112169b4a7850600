"""HTTP of the owners' vote, one subject a file."""

from ...core.routing import Routes
from . import (
    batches,
    convening,
    costs,
    counts,
    deliveries,
    evidence,
    matters,
    objections,
    official,
    owners_votes,
    papers,
    postings,
    prints,
    proxies,
    results,
    rolls,
    speakers,
    steps,
)

routes: tuple[Routes, ...] = (
    convening.routes,
    matters.routes,
    rolls.routes,
    steps.routes,
    postings.routes,
    batches.routes,
    costs.routes,
    counts.routes,
    deliveries.routes,
    evidence.routes,
    objections.routes,
    owners_votes.routes,
    papers.routes,
    official.routes,
    prints.routes,
    proxies.routes,
    results.routes,
    speakers.routes,
)
