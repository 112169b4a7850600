"""The portal as it is measured: its pages, its ballots, its roster."""

import hashlib
from collections.abc import Callable

from flask import Flask
from flask_migrate import upgrade

from portal import create_app
from portal.core.db import db
from portal.places.actions.rosters import preview_roster, take_roster
from portal.places.models import Place
from portal.places.roster.reading import read_roster
from portal.settings import ROOT
from tests.world import build as build_world

from . import comments, polls, topics
from .community import Community, settle
from .plan import Page, Plan
from .sessions import signed_in

APP = "wsgi:app"
RESIDENTS = 300
"""Besides the voters: authors, endorsers and readers."""


def make_app() -> Flask:
    return create_app()


def build(scale: int, voters: int) -> Plan:
    app = make_app()
    with app.app_context():
        _create_tables()
        community = settle(RESIDENTS + voters)
        shown, others = topics.fill(community, scale)
        comments.speak(community, shown, others, scale)
        poll = polls.open_one(community, shown) if voters else 0
        on_roll = community.residents[RESIDENTS:]
        return Plan(
            pages=tuple(_pages(app, community, shown)),
            ballots=polls.papers(app, poll, on_roll) if voters else (),
        )


def _create_tables() -> None:
    if list((ROOT / "migrations" / "versions").glob("*.py")):
        upgrade()
    else:
        db.create_all()


def _pages(app: Flask, community: Community, topic: int) -> list[Page]:
    cookie, _token = signed_in(app, community.residents[0])
    kinds = (
        ("council home", "/", None),
        ("topic list", "/topics", 10.0),
        ("topic page", f"/topics/{topic}", 18.0),
    )
    return [
        Page(f"{name}, {who}", path, held, goal)
        for name, path, goal in kinds
        for who, held in (("signed in", cookie), ("visitor", ""))
    ]


def ballots_counted() -> int:
    with make_app().app_context():
        return polls.counted()


def prepare_import() -> Callable[[bytes, str], int]:
    app = make_app()
    with app.app_context():
        _create_tables()
        world = build_world()

    def import_roster(data: bytes, filename: str) -> int:
        """As a secretary would: read, preview, take over."""
        with app.app_context():
            roster = read_roster(data, filename)
            actor, community = world.secretary, world.get(Place, "community")
            digest = hashlib.sha256(data).hexdigest()
            preview = preview_roster(actor, community, file_name=filename, digest=digest, roster=roster)
            take_roster(actor, preview, roster=roster)
        return len(roster.units)

    return import_roster
