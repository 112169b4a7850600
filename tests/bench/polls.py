"""One open poll with everybody on its roll, and the papers that its voters post."""

from datetime import timedelta
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask

from portal.core import clock
from portal.core.db import db
from portal.councils.models import Topic
from portal.councils.words import TopicState
from portal.voting.actions.opening import draft_poll, open_poll
from portal.voting.models import Ballot as Paper

from .community import Community
from .plan import Ballot
from .sessions import signed_in

OPTIONS = ("整段换新", "只修坏的一段", "先不修")


def open_one(community: Community, shown: int) -> int:
    """A named poll on a topic under deliberation, not the one whose page is measured. Returns its id."""
    topic = db.session.scalars(
        sa.select(Topic).where(Topic.state == TopicState.DELIBERATING, Topic.id != shown).limit(1)
    ).one()
    secretary = community.world.secretary
    poll = draft_poll(
        secretary,
        topic,
        question="木栈道按哪一种办法修？",
        options=OPTIONS,
        closes_at=clock.now() + timedelta(days=1),
        once="measured",
    )
    open_poll(secretary, poll)
    return poll.id


def papers(app: Flask, poll: int, voters: range) -> tuple[Ballot, ...]:
    """One paper a voter, each with a session of its own, as the form on the page of the poll would send it."""
    return tuple(_paper(app, poll, voter) for voter in voters)


def _paper(app: Flask, poll: int, voter: int) -> Ballot:
    cookie, token = signed_in(app, voter)
    body = {"csrf_token": token, "choice": str(voter % len(OPTIONS)), "once": f"{voter:032}"}
    return Ballot(f"/polls/{poll}", cookie, urlencode(body))


def counted() -> int:
    """Papers in the database."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(Paper)) or 0
