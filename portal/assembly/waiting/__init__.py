"""What waits in owners' votes, by whom it waits for; one file each."""

from . import batches, candidates, challenges, conveners, counts, owners, proxies, speakers, visits  # noqa: F401
