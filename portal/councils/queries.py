"""What the pages of councils read: columns, not entities; each page a constant number of queries."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ..accounts.models import User
from ..accounts.naming import shown
from ..core import access, panels
from ..core.access import under
from ..core.actor import Actor
from ..core.columns import Rows
from ..core.db import db, read
from ..core.errors import Elsewhere
from ..core.files import VOICE, FileLine, files_column, lines_of
from ..core.nested import nested, unpack
from ..core.prepared import prepared
from ..core.terms import in_term
from ..core.text import _
from ..discussion import questions
from ..places.models import Place, PlaceKind
from . import phases
from .models import (
    Council,
    Endorsement,
    Leaning,
    Response,
    ResponseRating,
    Screening,
    Seat,
    StopCount,
    Topic,
    TopicOption,
)
from .words import LIVE, Stop

_me = sa.bindparam("me", type_=sa.Integer)
_topic = sa.bindparam("topic", type_=sa.Integer)
author = sa.orm.aliased(User)
giver = sa.orm.aliased(User)


class OptionLine(NamedTuple):
    """An option as the topic's page shows it."""

    id: int
    position: int
    title: str
    body: str
    pros: str
    cons: str
    cost: int | None
    leanings: int

    @property
    def letter(self) -> str:
        return "甲乙丙丁戊己"[self.position]


class ResponseLine(NamedTuple):
    """An official response, or the wait for one. `mine` is my rating of it, if I gave one."""

    id: int
    party: str
    state: str
    question: str
    asked_at: datetime
    due_at: datetime
    body: str
    cost: int | None
    days: int | None
    given_at: datetime | None
    solved: int
    unsolved: int
    giver: str | None
    mine: bool | None
    papers: list[list[Any]]


class ScreeningLine(NamedTuple):
    """How a screening ended and why."""

    verdict: str
    reason: str
    referred_to: str
    at: datetime


_OPTIONS = (
    sa.select(
        TopicOption.id,
        TopicOption.position,
        TopicOption.title,
        TopicOption.body,
        TopicOption.pros,
        TopicOption.cons,
        TopicOption.cost,
        TopicOption.leanings,
    )
    .where(TopicOption.topic_id == Topic.id)
    .order_by(TopicOption.position)
)
_RESPONSES = (
    sa.select(
        Response.id,
        Response.party,
        Response.state,
        Response.question,
        Response.asked_at,
        Response.due_at,
        Response.body,
        Response.cost,
        Response.days,
        Response.given_at,
        Response.solved,
        Response.unsolved,
        shown(giver).label("giver"),
        ResponseRating.solved.label("mine"),
        files_column(Response).label("papers"),
    )
    .outerjoin(giver, giver.id == Response.given_by_id)
    .outerjoin(
        ResponseRating, sa.and_(ResponseRating.response_id == Response.id, ResponseRating.user_id == _me)
    )
    .where(Response.topic_id == Topic.id)
    .order_by(Response.id)
)
_SCREENINGS = (
    sa.select(Screening.verdict, Screening.reason, Screening.referred_to, Screening.at)
    .where(Screening.topic_id == Topic.id)
    .order_by(Screening.id.desc())
)
_subject = sa.literal("topic:") + sa.cast(Topic.id, sa.String)
_TOPIC_COLUMNS = tuple(Topic.__table__.c)


@prepared
def _topic_page(visible: access.Condition) -> Rows:
    """One row: the topic with its author, council, options, responses, files, what I did, and its panels."""
    merged = sa.orm.aliased(Topic)
    return (
        sa.select(
            *_TOPIC_COLUMNS,
            shown(author).label("author_name"),
            Council.name.label("council_name"),
            Council.endorsements_needed,
            merged.title.label("merged_title"),
            Endorsement.at.label("endorsed_at"),
            Leaning.option_id.label("leaning"),
            nested(_OPTIONS, of=Topic).label("options"),
            nested(_RESPONSES, of=Topic).label("responses"),
            nested(_SCREENINGS, of=Topic).label("screenings"),
            nested(questions.rows(_subject), of=Topic).label("questions"),
            files_column(Topic).label("files"),
            *panels.columns(Topic),
            *phases.columns(Topic),
        )
        .join(author, author.id == Topic.author_id)
        .join(Council, Council.id == Topic.council_id)
        .outerjoin(merged, merged.id == Topic.merged_into_id)
        .outerjoin(Endorsement, sa.and_(Endorsement.topic_id == Topic.id, Endorsement.user_id == _me))
        .outerjoin(Leaning, sa.and_(Leaning.topic_id == Topic.id, Leaning.user_id == _me))
        .where(Topic.id == _topic, visible)
    )


def topic_page(actor: Actor, topic_id: int) -> SimpleNamespace | None:
    """Everything the topic's page shows of the topic itself; one query. None if the actor may not see it."""
    found = _topic_page(access.rows(actor, Topic))
    rows = read(found, {"me": actor.id, "topic": topic_id})
    if not rows:
        return None
    row = rows[0]
    page = SimpleNamespace(**row._mapping)
    page.options = unpack(OptionLine, row.options)
    page.responses = unpack(ResponseLine, row.responses)
    page.screenings = unpack(ScreeningLine, row.screenings)
    page.files = unpack(FileLine, row.files)
    page.questions = unpack(questions.Question, row.questions)
    page.way, page.course = phases.way(row), phases.settled(row)
    return page


def options_of(topic_id: int) -> list[OptionLine]:
    """The ways to settle a topic, in order; one query."""
    found = _OPTIONS.add_columns(Topic.id.label("topic")).where(Topic.id == topic_id)
    return [OptionLine(*row[:-1]) for row in db.session.execute(found)]


def voices(topic: Topic) -> list[FileLine]:
    """The recording in which a topic was told, if it was."""
    return [f for f in lines_of("topic", topic.id) if f.purpose == VOICE]


def others_to_merge_into(actor: Actor, topic: Topic) -> list[tuple[int, str]]:
    """Live topics of the same council, latest first, as choices."""
    found = sa.select(Topic.id, Topic.number, Topic.title).where(
        access.rows(actor, Topic),
        Topic.council_id == topic.council_id,
        Topic.id != topic.id,
        Topic.state.in_(LIVE),
    )
    rows = db.session.execute(found.order_by(Topic.moved_at.desc()).limit(200))
    return [(row.id, f"{row.number} {row.title}") for row in rows]


def similar(actor: Actor, title: str) -> list[Any]:
    """Live topics whose titles share most pairs of characters with `title`, at most three."""
    pairs = {title[n : n + 2] for n in range(len(title) - 1)} - {"  "}
    if len(pairs) < 2:
        return []
    shared = sum(
        (sa.case((Topic.title.contains(p, autoescape=True), 1), else_=0) for p in sorted(pairs)[:30]),
        sa.literal(0),
    )
    found = sa.select(Topic.id, Topic.title, Topic.state, Topic.households, shared.label("shared")).where(
        access.rows(actor, Topic), Topic.state.in_(LIVE)
    )
    table = found.subquery()
    rows = (
        sa.select(table)
        .where(table.c.shared * 3 >= len(pairs))
        .order_by(table.c.shared.desc(), table.c.id.desc())
    )
    return list(db.session.execute(rows.limit(3)))


def council_of(actor: Actor) -> Council:
    """The council of the actor's community (the only one, for a visitor who chose none). Raises Elsewhere if none."""
    found = db.session.scalar(_council(access.rows(actor, Council)))
    if found is None:
        raise Elsewhere(_("这里还没有议事会。"), "/council")
    return found


def of_council(actor: Actor) -> access.Condition:
    """Topics of the council that `council_of` finds, said so that an index on council and order serves a list."""
    return _of_council(access.rows(actor, Council))


@prepared
def _council(visible: access.Condition) -> sa.Select[Council]:
    found = sa.select(Council).where(visible)
    return found.order_by(sa.func.length(Council.place_path), Council.id).limit(1)


@prepared
def _of_council(visible: access.Condition) -> access.Condition:
    return Topic.council_id == _council(visible).with_only_columns(Council.id).scalar_subquery()


def places_to_choose(council: Council) -> list[tuple[str, list[tuple[int, str]]]]:
    """Community, estates and buildings of a council, grouped by estate, as choices of a form."""
    kinds = (PlaceKind.COMMUNITY, PlaceKind.ESTATE, PlaceKind.BUILDING)
    rows = db.session.execute(
        sa.select(Place.id, Place.kind, Place.name, Place.place_path)
        .where(under(Place.place_path, council.place_path), Place.kind.in_(kinds))
        .order_by(sa.func.length(Place.sort_key), Place.sort_key, Place.id)
    ).all()
    groups = [("", [(r.id, r.name) for r in rows if r.kind is PlaceKind.COMMUNITY])]
    for estate in (r for r in rows if r.kind is PlaceKind.ESTATE):
        inside = [
            (r.id, r.name)
            for r in rows
            if r.kind is PlaceKind.BUILDING and r.place_path.startswith(estate.place_path)
        ]
        groups.append(
            (estate.name, [(estate.id, estate.name), *((i, f"{estate.name} {n}") for i, n in inside)])
        )
    return [(name, choices) for name, choices in groups if choices]


def stop_counts(actor: Actor) -> dict[Stop, int]:
    """Topics at each stop in what the actor sees, from the counts kept with every move."""
    counted = _stop_counts(actor.community)
    found = {row.stop: row.topics for row in read(counted)}
    return {stop: int(found.get(stop, 0)) for stop in Stop}


@prepared
def _stop_counts(community: str) -> Rows:
    inside = under(StopCount.place_path, community) if community != "/" else sa.true()
    return (
        sa.select(StopCount.stop, sa.func.sum(StopCount.topics).label("topics"))
        .where(inside)
        .group_by(StopCount.stop)
    )


def seats(council: Council) -> list[Any]:
    """Who sits in a council today, by party."""
    found = (
        sa.select(Seat.id, Seat.party, Seat.starts, Seat.ends, shown(User).label("name"))
        .join(User, User.id == Seat.user_id)
        .where(Seat.council_id == council.id, in_term(Seat))
        .order_by(Seat.party, Seat.id)
    )
    return list(db.session.execute(found))
