"""The units and papers of an owners' vote as a case states them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from . import roll
from .assembly_rules import AssemblyRules
from .case import Ballot, Case
from .papers import Mark, Paper
from .params import is_whole
from .unreadable import Unreadable
from .weight import area

_MICROSECOND = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def drawn_up(case: Case, rules: AssemblyRules) -> roll.Roll | roll.Blocked:
    """The roll of `electorate.units`; `params.building(s)` and `electorate.affected` narrow it to a part."""
    buildings = _names(case.params.value("buildings") or case.params.value("building"), "params.buildings")
    return roll.drawn_up(
        units(case.electorate),
        count_parking=rules.count_parking,
        developer=name(case.electorate.get("developer"), "electorate.developer"),
        buildings=buildings or None,
        affected=_names(case.electorate.get("affected"), "electorate.affected"),
    )


def units(electorate: Mapping[str, Any]) -> list[roll.Unit]:
    """`{unit, area, owner, members?, owners?, use?, state?, building?, designated?}`. Raises Unreadable.

    `owner` is who owns alone, or a name for the set of `members`; `owners` may be a list, or "H+W".
    """
    lines = electorate.get("units", [])
    if not isinstance(lines, list):
        raise Unreadable("electorate.units: a list is needed")
    read = [_unit(line, f"electorate.units {number}") for number, line in enumerate(lines, 1)]
    if len({u.id for u in read}) < len(read):
        twice = sorted(u.id for u in read)
        again = next(a for a, b in pairwise(twice) if a == b)
        raise Unreadable(f"electorate.units: {again!r} is there twice")
    return _same_sets(read)


def _unit(line: object, where: str) -> roll.Unit:
    if not isinstance(line, Mapping):
        raise Unreadable(f"{where}: an object is needed")
    stated = line.get("area")
    owner = name(line.get("owner"), f"{where}: owner")
    members = _names(line.get("members") or line.get("owners") or owner, f"{where}: owners")
    unit_id = name(line.get("unit"), f"{where}: unit")
    if not unit_id:
        raise Unreadable(f"{where}: unit has no name")
    return roll.Unit(
        id=unit_id,
        area=None if stated is None or stated == "" else area(stated, f"{where}: area"),
        owners=frozenset(members),
        name=owner,
        use=name(line.get("use"), f"{where}: use") or "home",
        state=name(line.get("state"), f"{where}: state") or "delivered",
        building=name(line.get("building"), f"{where}: building"),
        designated=name(line.get("designated"), f"{where}: designated"),
    )


def _same_sets(read: list[roll.Unit]) -> list[roll.Unit]:
    """A set whose members one line states is that set on every line; two lines must not state different ones."""
    members: dict[str, frozenset[str]] = {}
    for unit in read:
        if (
            unit.name
            and unit.owners != {unit.name}
            and members.setdefault(unit.name, unit.owners) != unit.owners
        ):
            raise Unreadable(f"electorate.units: {unit.name!r} stands for different owners")
    return [u._replace(owners=members.get(u.name, u.owners)) if u.name else u for u in read]


def papers(case: Case, mark: Callable[[Ballot], Mark | None], says: str = "choice") -> list[Paper]:
    """Every ballot as a paper; `says`: the key of what it says. `count`: so many alike are one, none is none."""
    moments = _moments(case)
    closing = case.params.value("closes_at")
    closes = None if closing is None else _moment(closing, "params.closes_at")
    read: list[Paper] = []
    for number, ballot in enumerate(case.ballots, 1):
        where = f"ballot {number}"
        moment = moments[number - 1] if moments else (0, 0)
        if closes and moments and closes[0] != moment[0]:
            raise Unreadable("params.closes_at: no time of the kind that ballots have")
        if not ballot.get("count", 1):
            continue
        paper = Paper(
            number=number,
            owner=_owner(ballot, where),
            mark=mark(ballot),
            moment=moment[1],
            member=name(ballot.get("member"), f"{where}: member"),
            proxy=_agent(ballot, where),
            authorised=_authorised(ballot, where),
            late=bool(closes and moments and moment[1] >= closes[1]),
            blank=ballot.get(says) in (None, ""),
        )
        read.append(paper)
    return read


def served(electorate: Mapping[str, Any]) -> Iterator[str]:
    """Owners of `deliveries [{owner, proof, warned}]` reached with proof and told what silence means."""
    deliveries = electorate.get("deliveries", [])
    if not isinstance(deliveries, list) or not all(isinstance(d, Mapping) for d in deliveries):
        raise Unreadable("electorate.deliveries: a list of objects is needed")
    for number, delivery in enumerate(deliveries, 1):
        if delivery.get("proof") is True and delivery.get("warned") is True:
            yield _owner(delivery, f"electorate.deliveries {number}")


def name(value: object, where: str) -> str:
    """A name, or a number that serves as one; "" for none."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if is_whole(value):
        return str(value)
    raise Unreadable(f"{where}: {value!r} is no name")


def _names(value: object, where: str) -> list[str]:
    """A list of names, or one text with them joined by +; [] for none."""
    parts = value if isinstance(value, list) else name(value, where).split("+")
    return [each for each in (name(part, where) for part in parts) if each]


def _owner(line: Mapping[str, Any], where: str) -> str:
    """Whose paper it is: the owner, or the unit it was given out for. Raises Unreadable if it says neither."""
    owner = name(line.get("owner"), f"{where}: owner") or name(line.get("unit"), f"{where}: unit")
    if not owner:
        raise Unreadable(f"{where}: no owner")
    return owner


def _agent(ballot: Ballot, where: str) -> str:
    """`proxy`, or a `channel` that says `proxy:<agent>`."""
    channel = name(ballot.get("channel"), f"{where}: channel")
    by_channel = channel.removeprefix("proxy:") if channel.startswith("proxy:") else ""
    return name(ballot.get("proxy"), f"{where}: proxy") or by_channel


def _authorised(ballot: Ballot, where: str) -> bool:
    """Only what is stated to lack its written authority is refused: a register takes no other."""
    value = ballot.get("authorised")
    if not (value is None or isinstance(value, bool)):
        raise Unreadable(f"{where}: authorised is true or false")
    return value is not False


def _moments(case: Case) -> list[tuple[str, int]]:
    """When each ballot was given, if all of them say so; else [], and they stand in the order of time already."""
    stated = [b.get("time", b.get("cast_at")) for b in case.ballots]
    if not stated or any(time is None for time in stated):
        return []
    moments = [_moment(time, f"ballot {number}: time") for number, time in enumerate(stated, 1)]
    if len({kind for kind, _ in moments}) > 1:
        raise Unreadable("ballots: times of different kinds cannot be put in order")
    return moments


def _moment(value: object, where: str) -> tuple[str, int]:
    """What kind of time it is (a number; a date and time, with or without its zone), and its place in the order."""
    if is_whole(value):
        return "number", int(str(value))
    try:
        time = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        time = None
    if time is None:
        raise Unreadable(f"{where}: {value!r} is no time")
    kind = "local" if time.tzinfo is None else "zoned"
    return kind, (time.replace(tzinfo=time.tzinfo or UTC) - _EPOCH) // _MICROSECOND
