"""The minutes of a large meeting: drawn up at its close, sealed once everybody has called all lines right, and read."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask

from portal import create_app
from portal.core import clock
from portal.core.actor import system
from portal.core.db import db, transaction
from portal.meetings.actions.motions import count_hands, decide_motion
from portal.meetings.actions.running import close_meeting
from portal.meetings.models import Invitation, Meeting
from portal.meetings.room import Motion
from portal.minutes.actions.confirming import send_minutes
from portal.minutes.actions.sealing import seal_minutes
from portal.minutes.actions.writing import state_outcome, write_section
from portal.minutes.models import Minutes, MinutesLine, MinutesMark, MinutesSection
from portal.minutes.words import Heading, Outcome, Stance

from . import meetings
from .community import Community, insert_many, settle
from .sessions import signed_in

VIEWS = 20


@dataclass(frozen=True)
class MinutesFigures:
    there: int
    lines: int
    marks: int
    close_seconds: float
    """Closing the meeting, with the draft."""
    seal_seconds: float
    page_ms: float
    """CPU of one view of the sealed page by somebody who was there, in the process."""
    named: int
    """People the sealed text names."""


def measure_minutes(there: int) -> MinutesFigures:
    """Run this in a process of its own, on an empty database."""
    app = create_app({"PASSWORD_COST": 1})
    with app.app_context():
        db.create_all()
        community = settle(there)
        meetings.in_session(app, community)
        meeting = db.session.scalars(sa.select(Meeting)).one()
        _decided(community, there)
        started = time.perf_counter()
        close_meeting(community.world.secretary, meeting)
        close_seconds = time.perf_counter() - started
        minutes = db.session.scalars(sa.select(Minutes)).one()
        marks = _read_by_all(community, minutes)
        with clock.frozen(clock.now() + timedelta(days=2)):
            started = time.perf_counter()
            seal_minutes(system(), minutes)
            seal_seconds = time.perf_counter() - started
        lines = db.session.scalar(sa.select(sa.func.count()).select_from(MinutesLine)) or 0
        named = (minutes.text or "").count('"substitute"')
        address, (cookie, _token) = f"/minutes/{minutes.id}", signed_in(app, community.residents[0])
    page_ms = _viewed(app, cookie, address)
    return MinutesFigures(there, lines, marks, close_seconds, seal_seconds, page_ms, named)


def _decided(community: Community, there: int) -> None:
    motion = db.session.scalars(sa.select(Motion)).one()
    count_hands(community.world.secretary, motion, n_for=there, n_against=0, n_abstain=0)
    decide_motion(community.world.secretary, motion)


def _read_by_all(community: Community, minutes: Minutes) -> int:
    """What is asked before they go out, and everybody's word on every line; how many words."""
    secretary = community.world.secretary
    for section in db.session.scalars(sa.select(MinutesSection).order_by(MinutesSection.id)).all():
        if section.heading is Heading.OUTCOME:
            assert section.item_id is not None
            given: dict[str, Any] = {"item_id": section.item_id, "version": section.version}
            state_outcome(secretary, minutes, **given, kind=Outcome.HEARD, said="大家听了。", passed_to="")
        elif section.heading is Heading.SAID:
            number = {"section_id": section.id, "version": section.version}
            write_section(secretary, minutes, **number, text="居民（赞成）：样品看过了。")
    send_minutes(secretary, minutes, until=clock.now() + timedelta(days=2))
    with transaction():
        insert_many(MinutesMark, _marks(minutes))
    return db.session.scalar(sa.select(sa.func.count()).select_from(MinutesMark)) or 0


def _marks(minutes: Minutes) -> Iterator[dict[str, Any]]:
    people = db.session.scalars(
        sa.select(Invitation.id).where(Invitation.meeting_id == minutes.meeting_id)
    ).all()
    lines = db.session.scalars(sa.select(MinutesLine).where(MinutesLine.struck_at.is_(None))).all()
    for line in lines:
        said = {"minutes_id": minutes.id, "line_id": line.id, "version": line.version}
        for person in people:
            yield {**said, "invitation_id": person, "stance": Stance.RIGHT, "at": clock.now()}


def _viewed(app: Flask, cookie: str, address: str) -> float:
    """Outside any context of the application: each view has its own."""
    client = app.test_client(use_cookies=False)
    assert client.get(address, headers={"Cookie": cookie}).status_code == 200
    started = time.process_time()
    for _view in range(VIEWS):
        client.get(address, headers={"Cookie": cookie})
    return 1000 * (time.process_time() - started) / VIEWS
