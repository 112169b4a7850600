"""A discussion as a page draws it: the voices by party, read when first looked at, so that a fragment which does
not show them does not pay."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from ..core import access
from ..core.access import Verdict
from ..core.actor import Actor
from ..core.atoms import member
from . import queries, rules
from .forums import Forum
from .lines import Line, line
from .words import PARTIES


@dataclass(frozen=True)
class Voice:
    """The comments of one party. `more` is the address of the rest, of which there are `left`."""

    party: str
    total: int
    lines: list[Line]
    more: str
    left: int


class Talk:
    """What is said on one subject, for one reader. `subject` is the row or the columns of its page."""

    def __init__(
        self, actor: Actor, forum: Forum, subject: Any, asked: Mapping[str, str] | None = None
    ) -> None:
        asked = asked or {}
        self.actor, self.forum, self.subject = actor, forum, subject
        order, party = asked.get("order", ""), asked.get("party", "")
        self.order = order if order in queries.ORDERS else queries.ORDERS[0]
        self.party = party if party in PARTIES else ""
        self.after = asked.get("after", "")
        self.base = forum.comments(subject.id)
        self.key = forum.reference(subject.id)
        self.once = uuid4().hex

    @cached_property
    def speak(self) -> Verdict:
        """Whether the reader may speak, else the reason."""
        return access.may(self.actor, self.forum.speak, self.subject)

    @cached_property
    def speaks(self) -> bool:
        return bool(self.speak)

    @cached_property
    def moderates(self) -> bool:
        return bool(access.may(self.actor, self.forum.moderate, self.subject))

    @cached_property
    def belongs(self) -> bool:
        """Whether the reader may report what others wrote: a member of the community, as the policy says."""
        return bool(member.check(self.actor, self.subject))

    @cached_property
    def voices(self) -> list[Voice]:
        """The parties that spoke, in their order."""
        return [self._of_party()] if self.party else self._of_all()

    @cached_property
    def counts(self) -> dict[str, int]:
        """Party → how many comments."""
        if not self.party:
            return {voice.party: voice.total for voice in self.voices}
        found = queries.party_counts(self.key)
        return {party: found[party] for party in PARTIES if party in found}

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def drafts(self) -> str:
        """Where the drafts are that answer opinions."""
        return f"{self.forum.path}/{self.subject.id}/drafts"

    @property
    def page(self) -> str:
        """The address of the subject's page, at the discussion."""
        return f"{self.forum.page(self.subject)}#{self.forum.anchor}"

    def query(self, party: str | None = None, order: str | None = None) -> str:
        """The address of the same discussion seen otherwise."""
        return self._address(self.party if party is None else party, order or self.order)

    def _address(self, party: str, order: str, after: str = "") -> str:
        return f"{self.base}?" + urlencode(
            {"party": party, "order": order, **({"after": after} if after else {})}
        )

    def _of_all(self) -> list[Voice]:
        by_party: dict[str, list[queries.Row]] = {}
        for row in queries.first_page(self.actor, self.key, self.order):
            by_party.setdefault(row.party, []).append(row)
        return [self._voice(p, by_party[p], by_party[p][0].of_party) for p in PARTIES if p in by_party]

    def _voice(self, party: str, rows: list[queries.Row], total: int) -> Voice:
        """The first of a party, with the reader's own latest on top if it is not among them."""
        first, last_mine = rows[: rules.FIRST], rows[rules.FIRST :]
        lines = [line(self.actor, self.forum, row) for row in (*last_mine, *first)]
        left = total - len(lines)
        top = last_mine[0].id if last_mine else 0
        more = self._address(party, self.order, queries.cursor(first[-1], top)) if left > 0 else ""
        return Voice(party, total, lines, more, left)

    def _of_party(self) -> Voice:
        rows = queries.party_page(self.actor, self.key, self.party, self.order, self.after)
        shown = rows[: rules.PAGE]
        top = queries.above(self.after)
        more = queries.cursor(shown[-1], top) if len(rows) > rules.PAGE else ""
        address = self._address(self.party, self.order, more) if more else ""
        lines = [line(self.actor, self.forum, row) for row in shown]
        return Voice(self.party, self.counts.get(self.party, 0), lines, address, 0)
