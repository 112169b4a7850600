"""One rule, three readings: may he (check), to which rows (clause), who may (holders). They never disagree."""

from collections.abc import Iterator
from importlib import import_module
from inspect import signature
from pkgutil import walk_packages
from typing import Any, get_args, get_type_hints

import pytest
import sqlalchemy as sa
from flask import Flask

import portal
from portal.accounts.models import User
from portal.assembly.models.rolls import Voter
from portal.core import access
from portal.core.actor import Actor
from portal.core.db import db
from portal.councils.models import Topic
from portal.places.models import Place
from tests.house.grid import model_of
from tests.house.rows import Rows
from tests.world import PEOPLE

ABOUT = {"discussion:read": Topic, "discussion:speak": Topic, "desk:open": Place, "voter:cast": Voter}
"""Where neither an action nor the name tells; a ballot is cast for a voter under lock, who is no row."""
UNASKED = {"community:open"}
"""Asked before there is a row."""


def subjects() -> dict[str, set[Any]]:
    """Permission → the models it is asked of: those its actions act on, those it shows, else the one of its name."""
    found: dict[str, set[Any]] = {str(permission): set() for permission in access.RULES}
    for model, permission in access.SEES.items():
        found[permission].add(model)
    for verb in actions():
        subject = get_type_hints(verb)[list(signature(verb).parameters)[1]]
        found[str(vars(verb)["may"])] |= set(get_args(subject) or (subject,)) - {Any}
    return {p: {ABOUT[p]} if p in ABOUT else known or {model_of(p)} for p, known in found.items()}


def actions() -> Iterator[Any]:
    """All actions of the portal."""
    for part in walk_packages(portal.__path__, "portal."):
        if ".actions" in part.name:
            for verb in vars(import_module(part.name)).values():
                if callable(verb) and "may" in getattr(verb, "__dict__", {}):
                    yield verb


def asked(rows: Rows) -> Iterator[tuple[str, Any]]:
    """Every permission with every row it is asked of."""
    for permission, models in sorted(subjects().items()):
        yield from ((permission, thing) for thing in rows.things if type(thing) in models)


def by_clause(actor: Actor, permission: str, thing: Any) -> bool:
    model = type(thing)
    inside = access.under(model.place_path, actor.community)
    rule = access.RULES[permission].clause(actor, model)
    return db.session.scalar(sa.select(model.id).where(model.id == thing.id, inside, rule)) is not None


def by_holders(permission: str, thing: Any) -> set[int]:
    return set(db.session.scalars(sa.select(User.id).where(access.holders(permission, thing))))


@pytest.mark.parametrize("who", [*PEOPLE, "visitor"])
def test_check_is_clause(who: str, rows: Rows) -> None:
    actor = rows.world.actor(who)
    wrong = [
        f"{permission} {thing}"
        for permission, thing in asked(rows)
        if bool(access.may(actor, permission, thing)) != by_clause(actor, permission, thing)
    ]
    assert wrong == []


def test_check_is_holders(rows: Rows) -> None:
    people = {rows.world.ids[name]: rows.world.actor(name) for name in PEOPLE}
    wrong = []
    for permission, thing in asked(rows):
        if not access.RULES[permission].names_people:
            continue
        may = {id_ for id_, actor in people.items() if access.may(actor, permission, thing)}
        if may != by_holders(permission, thing):
            wrong.append(
                f"{permission} {thing}: {sorted(may)} may, {sorted(by_holders(permission, thing))} hold"
            )
    assert wrong == []


def test_every_model_that_is_seen_is_among_the_rows(application: Flask, rows: Rows) -> None:
    assert {m.__name__ for m in access.SEES} - {type(thing).__name__ for thing in rows.things} == set()


def test_every_permission_is_asked(rows: Rows) -> None:
    left = set(access.RULES) - {permission for permission, _ in asked(rows)}
    assert left == UNASKED
