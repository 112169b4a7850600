"""What waits in owners' votes, by whom it waits for; one file each."""

from . import owners, proxies  # noqa: F401
