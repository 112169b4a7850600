"""What the pages of a poll show; each one query."""

from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ...accounts.models import User
from ...accounts.naming import shown
from ...core import access
from ...core.actor import Actor
from ...core.columns import LARGEST_ID
from ...core.db import db
from ...core.nested import nested, unpack
from ...core.text import _
from ...councils.models import Council, Topic, TopicOption
from ...places.models import Place
from ..models import Ballot, Certification, Participation, Poll, PollOption, PollVoter, Turnout
from ..occasions import about
from ..tie_models import TieBreak
from ..words import Channel, Method, Secrecy

_me = sa.bindparam("me", type_=sa.Integer)
_tie, _voter = aliased(TieBreak), aliased(User)


def _took_part() -> sa.ColumnElement[bool]:
    """I have, or somebody of my household where it has one vote; joined after my place on the roll."""
    mine = sa.or_(Participation.user_id == _me, Participation.household_id == PollVoter.household_id)
    return sa.and_(Participation.poll_id == Poll.id, mine)


class OptionLine(NamedTuple):
    """What can be chosen."""

    position: int
    title: str
    cost: int | None = None
    """分, where the poll is about money."""
    note: str = ""


class PollLine(NamedTuple):
    """A poll as the page of its topic shows it."""

    id: int
    state: str
    question: str
    secrecy: str
    opens_at: datetime | None
    closes_at: datetime
    voters: int
    cast: int | None
    rolled: bool
    voted: bool
    tally: dict[str, Any] | None
    method: str
    roll_kind: str
    params: dict[str, Any]
    lot: list[str] | None
    """Whom a lot chose, if one was drawn."""
    printed: list[list[str]]

    @property
    def titles(self) -> list[str]:
        """What could be chosen, in the order of the paper."""
        return said(Method(self.method), [title for (title,) in self.printed])


def said(method: Method, titles: list[str]) -> list[str]:
    """What is printed, to be read: the two lines of a motion are the portal's own words."""
    return [_(title) for title in titles] if method is Method.RESOLUTION else titles


_TITLES = sa.select(PollOption.title).where(PollOption.poll_id == Poll.id).order_by(PollOption.position)
_OPTIONS = (
    sa.select(PollOption.position, PollOption.title, PollOption.cost, PollOption.note)
    .where(PollOption.poll_id == Poll.id)
    .order_by(PollOption.position)
)


@cache
def _poll_page() -> sa.Select[*tuple[Any, ...]]:
    """One row: the poll, its topic and council, its options, how many voted, my place on the roll and my ballot,
    and the certificate."""
    columns = [c for c in sa.inspect(Poll).column_attrs if c.key != "once"]
    return (
        sa.select(
            *(getattr(Poll, c.key) for c in columns),
            Topic.title.label("topic_title"),
            sa.func.coalesce(Topic.place_label, Place.label).label("place_label"),
            Council.name.label("council_name"),
            sa.func.coalesce(Turnout.cast, 0).label("cast"),
            PollVoter.id.is_not(None).label("rolled"),
            PollVoter.unit_label,
            Participation.user_id.label("voter_id"),
            shown(_voter).label("voter"),
            Ballot.marks,
            Ballot.receipt,
            Ballot.at.label("cast_at"),
            Ballot.changes,
            Ballot.channel,
            Certification.outcome,
            Certification.reason,
            Certification.count_hash,
            Certification.at.label("certified_at"),
            shown(User).label("certifier"),
            TieBreak.chosen.label("lot"),
            sa.exists()
            .where(PollOption.poll_id == Poll.id, PollOption.user_id == _me)
            .correlate(Poll)
            .label("on_paper"),
            sa.select(_tie.poll_id)
            .where(_tie.run_off_id == Poll.id)
            .scalar_subquery()
            .label("first_round_id"),
            nested(_OPTIONS, of=Poll).label("options"),
        )
        .outerjoin(Topic, Topic.id == Poll.topic_id)
        .outerjoin(Place, sa.and_(Poll.topic_id.is_(None), Place.place_path == Poll.place_path))
        .join(Council, Council.id == Poll.council_id)
        .outerjoin(Turnout, Turnout.poll_id == Poll.id)
        .outerjoin(PollVoter, sa.and_(PollVoter.poll_id == Poll.id, PollVoter.user_id == _me))
        .outerjoin(Participation, _took_part())
        .outerjoin(_voter, _voter.id == Participation.user_id)
        .outerjoin(Ballot, sa.and_(Ballot.poll_id == Poll.id, Ballot.user_id == _me))
        .outerjoin(Certification, Certification.poll_id == Poll.id)
        .outerjoin(User, User.id == Certification.certified_by_id)
        .outerjoin(TieBreak, TieBreak.poll_id == Poll.id)
    )


def poll_page(actor: Actor, poll_id: int) -> SimpleNamespace | None:
    """Everything a poll's page shows; one query. None if the actor may not see it."""
    if poll_id > LARGEST_ID:
        return None
    found = _poll_page().where(Poll.id == poll_id, access.rows(actor, Poll))
    row = db.session.execute(found, {"me": actor.id}).first()
    if row is None:
        return None
    page = SimpleNamespace(**row._mapping)
    page.about_title, page.about_address = about(row)
    page.tied = (row.tally or {}).get("tied", [])
    page.rolled, page.voted = bool(row.rolled), row.voter_id is not None
    if actor.entered_by is not None:
        page.marks = None  # who acts for the voters one after the other would have the count before the close
    page.mine_to_change = actor.entered_by is None or row.channel != Channel.ONLINE
    page.voted_by = row.voter if page.voted and row.voter_id != actor.id else ""
    page.titles = said(row.method, [option.title for option in unpack(OptionLine, row.options)])
    printed = zip(unpack(OptionLine, row.options), page.titles, strict=True)
    page.options = [option._replace(title=title) for option, title in printed]
    return page


def polls_of_topic(model: Any) -> Any:
    """The polls of a topic as a nested column, latest first."""
    lines = (
        sa.select(
            Poll.id,
            Poll.state,
            Poll.question,
            Poll.secrecy,
            Poll.opens_at,
            Poll.closes_at,
            Poll.voters,
            Turnout.cast,
            PollVoter.id.is_not(None).label("rolled"),
            Participation.user_id.is_not(None).label("voted"),
            sa.type_coerce(Poll.tally, sa.JSON).label("tally"),
            Poll.method,
            Poll.roll_kind,
            Poll.params,
            sa.type_coerce(TieBreak.chosen, sa.JSON).label("lot"),
            nested(_TITLES, of=Poll).label("printed"),
        )
        .outerjoin(Turnout, Turnout.poll_id == Poll.id)
        .outerjoin(TieBreak, TieBreak.poll_id == Poll.id)
        .outerjoin(PollVoter, sa.and_(PollVoter.poll_id == Poll.id, PollVoter.user_id == _me))
        .outerjoin(Participation, _took_part())
        .where(Poll.topic_id == model.id)
        .order_by(Poll.id.desc())
        .limit(20)
    )
    return nested(lines, of=model)


def topic_options(topic: Topic) -> list[str]:
    """The ways that were put forward in the topic, as a start for the paper."""
    found = sa.select(TopicOption.title).where(TopicOption.topic_id == topic.id)
    return list(db.session.scalars(found.order_by(TopicOption.position)))


def printed(poll_id: int) -> list[dict[str, Any]]:
    """The options of a draft, for the form that changes them."""
    found = sa.select(PollOption.title, PollOption.cost, PollOption.note).where(PollOption.poll_id == poll_id)
    return [dict(row._mapping) for row in db.session.execute(found.order_by(PollOption.position))]


def named_ballots(poll: Poll) -> list[Any]:
    """Who chose what in a named poll that is closed; for the secretary who checks the count."""
    if poll.secrecy is not Secrecy.NAMED:
        return []
    found = (
        sa.select(User.name, PollVoter.unit_label, Ballot.marks, Ballot.channel, Ballot.at, Ballot.receipt)
        .join(User, User.id == Ballot.user_id)
        .join(PollVoter, sa.and_(PollVoter.poll_id == Ballot.poll_id, PollVoter.user_id == Ballot.user_id))
        .where(Ballot.poll_id == poll.id)
        .order_by(Ballot.receipt)
    )
    return list(db.session.execute(found))
