"""Result files as the authority's own system gives them."""

from datetime import timedelta

from portal.assembly.models.votes import OwnersVote
from portal.assembly.official.reading import COLUMNS
from portal.assembly.views.official import kept_files
from portal.core import clock
from tests.world import World


def official_file(world: World, vote: OwnersVote, *units: str, version: str = "1", items: int = 2) -> bytes:
    """A CSV in which units of the world agree to every matter, two hours after the opening."""
    at = clock.local(vote.opens_at + timedelta(hours=2)).isoformat()
    lines = [",".join(COLUMNS)]
    for unit in units:
        for item in range(1, items + 1):
            lines.append(f"{version},{world.ids[unit]},{item},同意,online,{at},S{unit},{'0' * 64}")
    return "\n".join(lines).encode()


def kept_official(world: World, vote: OwnersVote) -> str:
    """The digest of a file that was read and not taken: the last part of its page's address."""
    return kept_files().keep(official_file(world, vote, "101", "202"))
