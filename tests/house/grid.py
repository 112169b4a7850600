"""Who may do what in which state, written out: `python -m tests.house.grid` renews grid.txt for review.

For every permission and every combination of what its rule asks of the thing (state, whose it is, in time or
late, flags) one line with the people of the test world who may. Combinations open to the same people are one
line; where nobody is named, nobody may.
"""

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from itertools import product
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from portal import create_app
from portal.accounts.identity import party_of
from portal.core import access, atoms, hours
from portal.core.access import Both, Either, Rule
from portal.core.actor import Actor
from portal.core.db import Base
from portal.core.entered import Entered
from tests.world import NOW, PEOPLE

FILE = Path(__file__).with_name("grid.txt")
PLACES = {
    "community": "/1/",
    "estate": "/1/2/",
    "101": "/1/2/3/4/5/",
    "102": "/1/2/3/4/6/",
    "201": "/1/2/3/4/7/",
    "shop": "/1/2/8/",
    "other_community": "/10/",
    "other_unit": "/10/11/12/",
}
OWN, OTHERS = "own", "others'"
Axis = dict[str, list[Any]]
Case = dict[str, Any]


class Stub:
    """A thing that has what a case says and nothing else."""

    place_path = PLACES["estate"]

    def __init__(self, table: str, case: Case, actor: Actor) -> None:
        self.__tablename__ = table
        for column, value in case.items():
            person = {OWN: actor.id, OTHERS: -1}.get(value, value) if isinstance(value, str) else value
            setattr(self, column, NOW + value if isinstance(value, timedelta) else person)

    def __getattr__(self, name: str) -> None:
        return None


def people() -> dict[str, Actor]:
    """The people of the test world as actors, without a database."""
    actors = {"visitor": Actor(community=PLACES["community"], now=NOW)}
    for number, (name, (_, community, home, relation, role, where)) in enumerate(PEOPLE.items(), 1):
        grants = frozenset({(str(role), PLACES[where])} if role else set())
        actors[name] = Actor(
            id=number,
            name=name,
            party=party_of({str(role)} if role else set()),
            community=PLACES[community],
            grants=grants,
            homes=(PLACES[home],) if home and relation else (),
            now=NOW,
        )
    return actors


def axes(rule: Rule, model: Any) -> Axis:
    """What the rule asks of a thing: column → the values that make a difference."""
    if isinstance(rule, (Either, Both)):
        found: Axis = {}
        for part in rule.rules:
            found |= axes(part, model)
        return found
    if isinstance(rule, atoms.same):
        return axes(access.RULES[rule.permission], model)
    if isinstance(rule, atoms.having):
        return {rule.column: _words(rule, model)}
    if isinstance(rule, atoms.mine):
        return {rule.column: [OWN, OTHERS]}
    if isinstance(rule, hours.before):
        return {rule.column: [timedelta(hours=1), timedelta(hours=-1)]}
    if isinstance(rule, hours.younger):
        return {rule.column: [date(NOW.year - rule.years + by, 1, 1) for by in (1, -1)]}
    return {rule.column: [True, False]} if isinstance(rule, atoms.flag) else {}


def own_rules(rule: Rule) -> set[str]:
    """Rules that a feature wrote itself: they look things up, so a grid without a database cannot ask them."""
    if isinstance(rule, (Either, Both)):
        return set().union(*(own_rules(part) for part in rule.rules))
    if isinstance(rule, atoms.same):
        return own_rules(access.RULES[rule.permission])
    if isinstance(rule, Entered):
        return {rule.known}
    return set() if type(rule).__module__ in (atoms.__name__, hours.__name__) else {type(rule).__name__}


def _words(rule: atoms.having, model: Any) -> list[Any]:
    kind = (
        model.__table__.c[rule.column].type
        if model is not None and rule.column in model.__table__.c
        else None
    )
    return list(kind.enum_class) if isinstance(kind, sa.Enum) and kind.enum_class else list(rule.words)


def model_of(permission: str) -> Any:
    """The model a permission speaks of: the one whose table bears its first word."""
    table = permission.partition(":")[0]
    return next((m.class_ for m in Base.registry.mappers if m.class_.__tablename__ == table), None)


def lines() -> Iterator[str]:
    actors = people()
    for permission, rule in sorted(access.RULES.items()):
        yield ""
        yield permission
        if own := own_rules(rule):
            yield f"    (looked up: {', '.join(sorted(own))})"
            continue
        model = model_of(permission)
        found = axes(rule, model)
        table = permission.partition(":")[0]
        allowed: dict[tuple[str, ...], list[str]] = {}
        for values in product(*found.values()):
            case = dict(zip(found, values, strict=True))
            names = tuple(n for n, a in actors.items() if access.may(a, permission, Stub(table, case, a)))
            allowed.setdefault(names, []).append(" ".join(f"{c}={_said(v)}" for c, v in case.items()))
        for names, cases in allowed.items():
            yield f"    {' '.join(names) or '(nobody)'}"
            yield from (f"        {case}" for case in cases if case and names)


def _said(value: object) -> str:
    if isinstance(value, timedelta):
        return "in time" if value > timedelta() else "late"
    return value.value if isinstance(value, StrEnum) else str(value)


def text() -> str:
    return "\n".join(
        ["Who may do what, at the estate of the test world. Made by tests/house/grid.py.", *lines(), ""]
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        create_app({"PORTAL_INSTANCE": folder, "SECRET_KEY": "grid"})
        FILE.write_text(text())


if __name__ == "__main__":
    main()
