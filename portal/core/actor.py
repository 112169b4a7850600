"""Who acts: a small detached value, loaded once a request, the first argument of every action."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from . import clock


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with what he holds today. A visitor has no id. Staff or family who act for somebody are `entered_by`;
    rights are always those of the person acted for, and family has few of them (`access.FAMILY`)."""

    id: int | None = None
    name: str = ""
    party: str = "resident"
    community: str = "/"
    """Path of the community he is in; a visitor who chose none is at the root and sees what is public."""
    community_name: str = ""
    grants: frozenset[tuple[str, str]] = frozenset()
    """(role, path of the place it is held at), in term today."""
    homes: tuple[str, ...] = ()
    """Paths of the units he belongs to."""
    entered_by: int | None = None
    entered_by_name: str = ""
    kin: str = ""
    """Whose hands these are where a member of his family acts for him: spouse, child …; "" where staff do or nobody."""
    lang: str = "zh"
    large_text: bool = False
    unit_label: str = ""
    now: datetime = field(default_factory=clock.now)

    @property
    def today(self) -> date:
        return clock.local(self.now).date()

    @property
    def letter(self) -> str:
        return self.name[:1]

    def holds(self, role: str, path: str) -> bool:
        """Whether he holds `role` at the place of `path` or at one that contains it."""
        return any(r == role and path.startswith(p) for r, p in self.grants)


SYSTEM = Actor(name="system", party="community")
"""The portal itself, when the clock acts."""


def system(now: datetime | None = None) -> Actor:
    """The portal itself, now or at the moment somebody acted, for what follows from that by itself."""
    return replace(SYSTEM, now=now or clock.now())
