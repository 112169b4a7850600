"""The papers of an owners' vote as a case states them."""

from collections.abc import Callable

from .case import Ballot, Case
from .moments import moment, moments
from .names import name, owner_of
from .papers import Mark, Paper
from .unreadable import Unreadable


def papers(case: Case, mark: Callable[[Ballot], Mark | None], says: str = "choice") -> list[Paper]:
    """Every ballot as a paper; `says`: the key of what it says. `count`: so many alike are one, none is none."""
    times = moments(case.ballots)
    closing = case.params.value("closes_at")
    closes = None if closing is None else moment(closing, "params.closes_at")
    if closes and times and closes[0] != times[0][0]:
        raise Unreadable("params.closes_at: no time of the kind that ballots have")
    if closes and case.ballots and not times:
        raise Unreadable("params.closes_at: a ballot that states no time cannot be told from a late one")
    read: list[Paper] = []
    for number, ballot in enumerate(case.ballots, 1):
        where = f"ballot {number}"
        if not ballot.get("count", 1):
            continue
        paper = Paper(
            number=number,
            owner=owner_of(ballot, where),
            mark=mark(ballot),
            moment=times[number - 1][1] if times else 0,
            member=name(ballot, "member", where),
            proxy=_agent(ballot, where),
            authorised=_stated(ballot, "authorised", where) is not False,
            late=bool(closes and times and times[number - 1] >= closes),
            blank=ballot.get(says) in (None, ""),
            joint=_stated(ballot, "joint", where) is True,
        )
        read.append(paper)
    return read


def _agent(ballot: Ballot, where: str) -> str:
    """`proxy`, or a `channel` that says `proxy:<agent>`."""
    channel = name(ballot, "channel", where)
    by_channel = channel.removeprefix("proxy:") if channel.startswith("proxy:") else ""
    return name(ballot, "proxy", where) or by_channel


def _stated(ballot: Ballot, key: str, where: str) -> bool | None:
    """None where nothing is stated: only what is stated to lack its written authority is refused, a register takes no
    other."""
    value = ballot.get(key)
    if not (value is None or isinstance(value, bool)):
        raise Unreadable(f"{where}: {key} is true or false")
    return value
