"""A small feature of the tests' own: one table, a policy, two events, a lifecycle. It never enters the portal's
metadata or registers, so the tests of the house do not see it."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from portal.core.access import Permission, Policy
from portal.core.actions import action, store
from portal.core.actor import Actor
from portal.core.atoms import anyone, during, flag, mine, not_mine, role, same, signed_in
from portal.core.columns import Id, Instant, Money, PlacePath, word
from portal.core.errors import Invalid, Unmet
from portal.core.eventlog import EVENTS, Event, event, record
from portal.core.hours import before
from portal.core.lifecycle import LIFECYCLES, Lifecycle, Move


class OwnBase(DeclarativeBase):
    type_annotation_map = {datetime: Instant()}  # noqa: RUF012  (SQLAlchemy's own way)


class State(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Thing(OwnBase):
    __tablename__ = "thing"

    id: Mapped[Id]
    place_path: Mapped[PlacePath]
    title: Mapped[str] = mapped_column(sa.String(60))
    author_id: Mapped[int | None]
    state: Mapped[State] = mapped_column(word(State), default=State.DRAFT)
    closes_at: Mapped[datetime | None]
    open_day: Mapped[date | None]
    flagged: Mapped[bool | None]
    amount: Mapped[Money] = mapped_column(default=0)
    count: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]


class Part(OwnBase):
    __tablename__ = "part"

    id: Mapped[Id]
    thing_id: Mapped[int] = mapped_column(sa.ForeignKey("thing.id"))
    name: Mapped[str] = mapped_column(sa.String(60))
    weight: Mapped[Money]
    at: Mapped[datetime | None]


class Can(Permission):
    SEE = "thing:see"
    CHANGE = "thing:change"
    OPEN = "thing:open"
    JUDGE = "thing:judge"
    SIGN = "thing:sign"


NOT_YOURS, NOT_STAFF, NOT_OPEN, LATE, UNFLAGGED, OWN = (
    "只有作者",
    "请找书记",
    "没有开放",
    "过时了",
    "未标记",
    "不能是自己的",
)

POLICY = Policy(
    {
        Can.SEE: anyone,
        Can.CHANGE: mine("author_id", reason=NOT_YOURS) & during(State.DRAFT, State.OPEN, reason=NOT_OPEN),
        Can.OPEN: role("secretary", reason=NOT_STAFF) | same(Can.CHANGE),
        Can.JUDGE: role("secretary", "property_manager", reason=NOT_STAFF)
        & not_mine("author_id", reason=OWN),
        Can.SIGN: signed_in
        & during(State.OPEN, reason=NOT_OPEN)
        & before("closes_at", reason=LATE)
        & flag("flagged", reason=UNFLAGGED),
    },
    sees={Thing: Can.SEE},
)


@event("thing.opened", "{who}打开了", icon="check")
class ThingOpened(Event):
    count: int = 0


@event("thing.closed", "{who}关闭了", icon="check")
class ThingClosed(Event):
    pass


@event("thing.changed", "{who}改了", icon="check")
class ThingChanged(Event):
    day: date
    days: tuple[date, ...]
    state: State
    maybe: int | None = None


def needs_title(thing: Any, _actor: Actor) -> Iterable[Unmet]:
    if not thing.title:
        yield Unmet("要有标题", "/title")


def needs_amount(thing: Any, _actor: Actor) -> Iterable[Unmet]:
    if not thing.amount:
        yield Unmet("要有金额", "/amount")


def lifecycle() -> Lifecycle:
    """The table of moves, made once: a second one would listen twice."""
    return LIFECYCLE


LIFECYCLE = Lifecycle(
    Thing,
    State,
    Move(ThingOpened, Can.OPEN, (State.DRAFT,), State.OPEN, unless=(needs_title, needs_amount)),
    Move(ThingClosed, Can.JUDGE, (State.OPEN,), State.CLOSED),
)
LIFECYCLES.pop(Thing)
for _kind in (ThingOpened, ThingClosed, ThingChanged):
    EVENTS.pop(_kind.name)


@action(Can.OPEN)
def open_thing(actor: Actor, thing: Thing) -> Thing:
    LIFECYCLE.move(actor, thing, ThingOpened())
    return thing


@action(Can.CHANGE)
def rename(actor: Actor, thing: Thing, *, title: str) -> Thing:
    """Writes first and refuses afterwards, to show that a refusal leaves nothing behind."""
    thing.title = title
    store(thing)
    record(actor, thing, ThingOpened(count=len(title)))
    if not title:
        raise Invalid("标题要填", "title")
    return thing


@action(Can.CHANGE)
def rename_twice(actor: Actor, thing: Thing, *, first: str, second: str) -> list[str]:
    """Outer of two inner actions; what the second one refuses is swallowed."""
    refused = []
    for title in (first, second):
        try:
            rename(actor, thing, title=title)
        except Invalid as refusal:
            refused.append(str(refusal))
    return refused
