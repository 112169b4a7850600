"""A meeting with its agenda and those who are asked, for its pages."""

from datetime import datetime
from types import SimpleNamespace
from typing import NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core import access, panels
from ...core.actor import Actor
from ...core.columns import Rows
from ...core.db import db, read
from ...core.files import FileLine, files_column
from ...core.nested import nested, unpack
from ...core.prepared import prepared
from ...councils.models import Topic
from ...councils.words import Category
from .. import inviting
from ..models import AgendaItem, Body, Invitation, Meeting
from ..offering import SETTLED, at_the_table, standing
from ..sides import Side
from ..words import NOT_OVER, Interest, Reply

chair = sa.orm.aliased(User)
recorder = sa.orm.aliased(User)
asked = sa.orm.aliased(User)
replier = sa.orm.aliased(User)
keeper = sa.orm.aliased(User)
_meeting = sa.bindparam("meeting", type_=sa.Integer)


class ItemLine(NamedTuple):
    """A point of an agenda as a page shows it."""

    id: int
    topic_id: int | None
    topic_number: str | None
    standing: str | None
    """Why there is nothing to decide about its topic (`offering.standing`)."""
    category: str | None
    title: str
    minutes: int
    core: bool
    side: str | None
    presenter: str
    motion: str
    taken_up_at: datetime | None
    done_at: datetime | None

    @property
    def settled(self) -> bool:
        """A topic that is not at the table any more: there is nothing left to talk about."""
        return self.standing == SETTLED


class InvitationLine(NamedTuple):
    """Somebody who is asked, and what he said."""

    id: int
    user_id: int | None
    name: str
    real_name: str
    """For papers: 后台实名."""
    side: str
    member: bool
    interest: str | None
    reply: str
    substitute: str
    sitter_id: int | None
    """Whose account sits there: his own, or that of who comes in his place."""
    entered_by: str | None
    """Who entered the reply, if it was not the person himself."""
    uninvited: bool
    arrived_at: datetime | None
    left_at: datetime | None
    keeper_id: int | None
    keeper: str | None
    """Who kept the door when he came, unless the code on the wall let him in."""

    @property
    def present(self) -> bool:
        return self.arrived_at is not None and self.left_at is None

    @property
    def unseen(self) -> bool:
        """Who sits there keeps the door and let himself in: nobody else has said that he came."""
        came = self.arrived_at is not None
        return came and self.sitter_id is not None and self.keeper_id == self.sitter_id

    @property
    def by_himself(self) -> bool:
        return self.present and self.unseen

    @property
    def answered_himself(self) -> bool:
        return self.reply != Reply.WAITING and self.entered_by is None


def _items() -> Rows:
    """Made when the page is, for upper features register what keeps a topic elsewhere."""
    return (
        sa.select(
            AgendaItem.id,
            AgendaItem.topic_id,
            Topic.number.label("topic_number"),
            standing().label("standing"),
            Topic.category,
            AgendaItem.title,
            AgendaItem.minutes,
            AgendaItem.core,
            AgendaItem.side,
            AgendaItem.presenter,
            AgendaItem.motion,
            AgendaItem.taken_up_at,
            AgendaItem.done_at,
        )
        .outerjoin(Topic, Topic.id == AgendaItem.topic_id)
        .where(AgendaItem.meeting_id == Meeting.id)
        .order_by(AgendaItem.position, AgendaItem.id)
    )


_INVITATIONS = (
    sa.select(
        Invitation.id,
        Invitation.user_id,
        sa.func.coalesce(shown(asked), Invitation.name).label("name"),
        sa.func.coalesce(asked.name, Invitation.name).label("real_name"),
        Invitation.side,
        Invitation.member,
        Invitation.interest,
        Invitation.reply,
        Invitation.substitute,
        Invitation.sitter_id,
        sa.case((Invitation.replied_by_id.is_distinct_from(Invitation.user_id), shown(replier))).label(
            "entered_by"
        ),
        Invitation.uninvited,
        Invitation.arrived_at,
        Invitation.left_at,
        Invitation.arrived_by_id,
        shown(keeper),
    )
    .outerjoin(asked, asked.id == Invitation.user_id)
    .outerjoin(replier, replier.id == Invitation.replied_by_id)
    .outerjoin(keeper, keeper.id == Invitation.arrived_by_id)
    .where(Invitation.meeting_id == Meeting.id)
    .order_by(Invitation.member.desc(), Invitation.side, Invitation.id)
)


_TERMS = ("quorum", "side_quorums", "rule", "substitutes")
"""What a meeting goes by: once it is called its own, before that what its body goes by today."""


@prepared
def _meeting_page(visible: access.Condition) -> Rows:
    """One row: the meeting with its body, agenda, those asked, materials, and what upper features show with it."""
    return (
        sa.select(
            *(column for column in Meeting.__table__.c if column.name not in _TERMS),
            Body.council_id,
            Body.name.label("body_name"),
            Body.kind,
            Body.reply_days,
            Body.place_label,
            *(sa.func.coalesce(getattr(Meeting, name), getattr(Body, name)).label(name) for name in _TERMS),
            shown(chair).label("chair"),
            shown(recorder).label("recorder"),
            nested(_items(), of=Meeting).label("items"),
            nested(_INVITATIONS, of=Meeting).label("invitations"),
            files_column(Meeting).label("files"),
            *panels.columns(Meeting),
        )
        .join(Body, Body.id == Meeting.body_id)
        .outerjoin(chair, chair.id == Meeting.chair_id)
        .outerjoin(recorder, recorder.id == Meeting.recorder_id)
        .where(Meeting.id == _meeting, visible)
    )


def meeting_page(actor: Actor, meeting_id: int) -> SimpleNamespace | None:
    """Everything a page shows of a meeting; one query. None if the actor may not see it."""
    rows = read(_meeting_page(access.rows(actor, Meeting)), {"meeting": meeting_id})
    if not rows:
        return None
    page = SimpleNamespace(**rows[0]._mapping)
    page.items = unpack(ItemLine, page.items)
    page.invitations = unpack(InvitationLine, page.invitations)
    page.files = unpack(FileLine, page.files)
    page.length = round((page.ends_at - page.starts_at).total_seconds()) // 60
    page.mine = next((i for i in page.invitations if actor.id and i.user_id == actor.id), None)
    page.seat = _seat(page.invitations, actor.id)
    page.came = any(i.sitter_id == actor.id and i.arrived_at for i in page.invitations if actor.id)
    return page


def _seat(invitations: list[InvitationLine], user_id: int | None) -> InvitationLine | None:
    """Where somebody sits or will sit, as `presence.seat_of` finds it, but for a seat that another one has for him."""
    own = [i for i in invitations if user_id and i.sitter_id == user_id]
    return min(own, key=lambda i: (not i.member, not i.present, i.user_id != user_id, i.id), default=None)


def missing_at(meeting: SimpleNamespace) -> list[inviting.Missing]:
    """Whom the map of stakeholders misses for what is on the agenda."""
    categories = [Category(item.category) for item in meeting.items if item.category]
    asked = [
        inviting.Asked(Side(i.side), Interest(i.interest) if i.interest else None, Reply(i.reply))
        for i in meeting.invitations
    ]
    return inviting.missing(categories, asked)


def topics_for(meeting: SimpleNamespace) -> list[tuple[int, str]]:
    """Topics at the table that are on no agenda ahead, as choices: those of most households first."""
    body = db.session.get_one(Body, meeting.body_id)
    taken = (
        sa.exists()
        .where(AgendaItem.topic_id == Topic.id, Meeting.state.in_(NOT_OVER))
        .where(Meeting.id == AgendaItem.meeting_id)
    )
    found = sa.select(Topic.id, Topic.number, Topic.title).where(at_the_table(body), ~taken)
    rows = db.session.execute(found.order_by(Topic.households.desc(), Topic.id).limit(100))
    return [(row.id, f"{row.number} {row.title}") for row in rows]


def item_page(actor: Actor, meeting_id: int, item_id: int) -> SimpleNamespace | None:
    """A meeting with one point of its agenda as `item`."""
    page = meeting_page(actor, meeting_id)
    if page is not None:
        page.item = next((item for item in page.items if item.id == item_id), None)
    return page if page is not None and page.item else None


def invitation_page(actor: Actor, meeting_id: int, asked_id: int) -> SimpleNamespace | None:
    """A meeting with one of those who are asked as `asked`."""
    page = meeting_page(actor, meeting_id)
    if page is not None:
        page.asked = next((i for i in page.invitations if i.id == asked_id), None)
    return page if page is not None and page.asked else None
