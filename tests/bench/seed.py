"""The portal as it is measured: its pages, its ballots, its roster."""

from flask import Flask
from flask_migrate import upgrade

from portal import create_app
from portal.core.db import db
from portal.places.roster.reading import read_roster
from portal.settings import ROOT

from . import topics
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
        topic = topics.fill(community, scale)
    return Plan(
        pages=tuple(_pages(app, community, topic)),
        missing=("comments on the topic page", "ballots: no poll is built yet") if voters else (),
    )


def _create_tables() -> None:
    if list((ROOT / "migrations" / "versions").glob("*.py")):
        upgrade()
    else:
        db.create_all()


def _pages(app: Flask, community: Community, topic: int) -> list[Page]:
    reader = community.residents[0]
    cookie, _token = signed_in(app, reader, community.stamp_of(reader))
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
    return 0


def import_roster(data: bytes, filename: str) -> int:
    return len(read_roster(data, filename).units)
