"""The portal as it is measured: its pages, its ballots, its roster, its owners' votes."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from flask import Flask
from flask_migrate import upgrade

from portal import create_app
from portal.assembly.models.votes import OwnersVote
from portal.core import clock
from portal.core.db import db, dialect
from portal.places.actions.rosters import preview_roster, take_roster
from portal.places.models import Place
from portal.places.roster.reading import read_roster
from portal.settings import ROOT
from tests.world import build as build_world

from . import comments, meetings, owners, polls, topics, wallets
from .community import Community, settle
from .plan import Box, OwnersSteps, Page, Plan, Room
from .sessions import signed_in

APP = "wsgi:app"
T = TypeVar("T")
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
        wallets.fill(community, community.residents[1])
        plan = Plan(
            pages=tuple(_pages(app, community, shown)),
            boxes=_boxes(app, community, shown) if voters else (),
        )
        _count_rows()
        return plan


def _count_rows() -> None:
    """What PostgreSQL does by itself within a minute of use."""
    if dialect() == "postgresql":
        with db.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")


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
    saver, _token = signed_in(app, community.residents[1])
    return [
        *(
            Page(f"{name}, {who}", path, held, goal)
            for name, path, goal in kinds
            for who, held in (("signed in", cookie), ("visitor", ""))
        ),
        Page(f"wallet, {wallets.MOVEMENTS:,} movements", "/points", saver),
    ]


def _boxes(app: Flask, community: Community, shown: int) -> tuple[Box, ...]:
    """A poll of the council and an owners' vote, both open, with the same people on their rolls."""
    voters = community.residents[RESIDENTS:]
    poll = polls.open_one(community, shown)
    vote = owners.draft(community, clock.now() - timedelta(days=1), clock.now() + timedelta(days=9))
    owners.draw_roll(community, vote)
    owners.let_vote(community, vote)
    return (
        Box("poll", polls.papers(app, poll, voters)),
        Box("owners' vote", tuple(owners.papers(app, vote, voters))),
    )


def ballots_counted() -> dict[str, int]:
    with make_app().app_context():
        return {"poll": polls.counted(), "owners' vote": owners.counted()}


def prepare_room(phones: int) -> Room:
    app = make_app()
    with app.app_context():
        _create_tables()
        return meetings.in_session(app, settle(phones))


def hands_shown() -> list[tuple[int, str]]:
    with make_app().app_context():
        return meetings.hands_shown()


def prepare_owners_vote(owners_count: int) -> OwnersSteps:
    app = make_app()
    with app.app_context():
        _create_tables()
        community = settle(owners_count)
        opens_at = clock.now() - timedelta(days=20)
        vote_id = owners.draft(community, opens_at, opens_at + timedelta(days=19)).id

    def step(act: Callable[[Community, OwnersVote], T]) -> Callable[[], T]:
        def run() -> T:
            with app.app_context():
                return act(community, db.session.get_one(OwnersVote, vote_id))

        return run

    def vote(community: Community, vote: OwnersVote) -> None:
        owners.let_vote(community, vote)
        owners.fill_box(vote)
        owners.ready_to_count(community, vote)

    def result(community: Community, vote: OwnersVote) -> Page:
        owners.show_result(community, vote)
        cookie, _token = signed_in(app, community.residents[0])
        return Page("result", f"/owners-votes/{vote.id}/result", cookie)

    return OwnersSteps(step(owners.draw_roll), step(vote), step(owners.count), step(result))


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
