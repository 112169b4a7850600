"""Refusals: the only way an action says no. `failures` turns them into HTTP; the command line prints them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Unmet:
    """One thing that stands in the way: a sentence people read, and the address of the page that cures it."""

    sentence: str
    cure: str = ""


class Refusal(Exception):
    """A thing was asked that will not be done. `status` is its HTTP status; `reasons` are sentences."""

    status = 409

    def __init__(self, *reasons: str | Unmet) -> None:
        self.unmet = tuple(r if isinstance(r, Unmet) else Unmet(r) for r in reasons)
        super().__init__(" ".join(u.sentence for u in self.unmet))

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(u.sentence for u in self.unmet)


class NotVisible(Refusal):
    """The thing does not exist for this actor (404): unknown, of another community, or not for his eyes."""

    status = 404


class Elsewhere(Refusal):
    """What the thing belongs to is not set up yet; the page at `address` says so and who sets it up (303)."""

    status = 303

    def __init__(self, sentence: str, address: str) -> None:
        super().__init__(Unmet(sentence, address))
        self.address = address


class NotAllowed(Refusal):
    """The actor sees the thing but may not do this; the reason says who may (403)."""

    status = 403


class Conflict(Refusal):
    """The thing is no longer, or not yet, in a state that allows this (409)."""

    status = 409


class Invalid(Refusal):
    """A value that cannot be accepted (422); `field` names the form field it belongs to, `cure` the address of the page
    that helps. `also` are the others that were found with it, so that nobody mends one to hear of the next."""

    status = 422

    def __init__(
        self, sentence: str, field: str = "", cure: str = "", also: "Sequence[Invalid]" = ()
    ) -> None:
        super().__init__(Unmet(sentence, cure), *(u for other in also for u in other.unmet))
        self.field = field
        self.also = tuple(also)

    @property
    def sentence(self) -> "Said":
        """Its own, without those of the others."""
        return Said(self.unmet[0])

    @classmethod
    def of(cls, found: "Sequence[Invalid]") -> "Invalid":
        """One refusal of all that was found wrong, which is something."""
        first, *others = found
        return cls(first.unmet[0].sentence, first.field, first.unmet[0].cure, others)


class Said(str):
    """A sentence at a field that knows where it is cured."""

    cure: str

    def __new__(cls, unmet: Unmet) -> "Said":
        said = super().__new__(cls, unmet.sentence)
        said.cure = unmet.cure
        return said


class TooMany(Refusal):
    """Asked too often (429); `retry_after` is in seconds."""

    status = 429

    def __init__(self, sentence: str, retry_after: int) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class Underway(Refusal):
    """What was asked for is being made (202): ask again after `retry_after` seconds, at `again` or the same address."""

    status = 202

    def __init__(self, sentence: str, retry_after: int, again: str = "") -> None:
        super().__init__(sentence)
        self.retry_after, self.again = retry_after, again
