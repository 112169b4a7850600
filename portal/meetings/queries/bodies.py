"""Bodies with their rules, members, fixed days and next meetings, for their pages."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core import access, clock
from ...core.actor import Actor
from ...core.columns import Rows
from ...core.db import db, read
from ...core.finding import visible
from ...core.nested import nested, unpack
from ...core.prepared import prepared
from ...core.terms import in_term
from ...councils.models import Council
from .. import schedule
from ..actions.repeating import uncalled
from ..models import Body, BodyMember, Meeting, Series
from ..schedule import Every, Pattern, Shift
from ..words import MeetingState

asked = sa.orm.aliased(User)
_body = sa.bindparam("body", type_=sa.Integer)


class MemberLine(NamedTuple):
    """A member as the page of his body shows him."""

    id: int
    user_id: int
    name: str
    side: str
    post: str
    starts: date
    ends: date | None


class SeriesLine(NamedTuple):
    """The fixed days of a body."""

    id: int
    every: str
    days: list[int]
    nth: int
    shift: str
    begins: int
    starts: date

    @property
    def pattern(self) -> Pattern:
        return Pattern(Every(self.every), tuple(self.days), self.nth)

    @property
    def moved(self) -> Shift:
        return Shift(self.shift)

    @property
    def hour(self) -> str:
        return f"{self.begins // 60}:{self.begins % 60:02d}"


class NextLine(NamedTuple):
    """A meeting of a body that is ahead."""

    id: int
    title: str
    state: str
    starts_at: datetime
    ends_at: datetime
    planned_on: date | None


_EVERY_MEMBER = (
    sa.select(
        BodyMember.id,
        BodyMember.user_id,
        shown(asked).label("name"),
        BodyMember.side,
        BodyMember.post,
        BodyMember.starts,
        BodyMember.ends,
    )
    .join(asked, asked.id == BodyMember.user_id)
    .where(BodyMember.body_id == Body.id)
)
_MEMBERS = _EVERY_MEMBER.where(in_term(BodyMember)).order_by(BodyMember.side, BodyMember.id)
FORMER = 20
"""So many of those who are no members any more are named, the latest first."""
_FORMER = (
    _EVERY_MEMBER.where(sa.not_(in_term(BodyMember)))
    .order_by(BodyMember.ends.desc(), BodyMember.id.desc())
    .limit(FORMER)
)
_SERIES = (
    sa.select(Series.id, Series.every, Series.days, Series.nth, Series.shift, Series.begins, Series.starts)
    .where(Series.body_id == Body.id, Series.ends.is_(None))
    .order_by(Series.id)
)


def _ahead() -> Rows:
    return (
        sa.select(*(getattr(Meeting, name) for name in NextLine._fields))
        .where(
            Meeting.body_id == Body.id,
            Meeting.state != MeetingState.CANCELLED,
            sa.or_(
                Meeting.state == MeetingState.POSTPONED,
                Meeting.ends_at >= sa.bindparam("now", callable_=clock.now, type_=Meeting.ends_at.type),
            ),
        )
        .order_by(Meeting.starts_at)
        .limit(6)
    )


@prepared
def _body_page(visible: access.Condition) -> Rows:
    return (
        sa.select(
            *Body.__table__.c,
            Council.name.label("council_name"),
            nested(_MEMBERS, of=Body).label("members"),
            nested(_FORMER, of=Body).label("former"),
            nested(_SERIES, of=Body).label("series"),
            nested(_ahead(), of=Body).label("meetings"),
        )
        .join(Council, Council.id == Body.council_id)
        .where(Body.id == _body, visible)
    )


def body_page(actor: Actor, body_id: int) -> SimpleNamespace | None:
    """A body with its rules, members, fixed days and next meetings; one query. None if the actor may not see it."""
    rows = read(_body_page(access.rows(actor, Body)), {"body": body_id})
    if not rows:
        return None
    page = SimpleNamespace(**rows[0]._mapping)
    page.members = unpack(MemberLine, page.members)
    page.former = unpack(MemberLine, page.former)
    page.series = unpack(SeriesLine, page.series)
    page.meetings = unpack(NextLine, page.meetings)
    return page


def bodies(actor: Actor) -> list[Any]:
    """The bodies the actor may see; one query."""
    found = sa.select(Body.id, Body.name, Body.kind, Body.place_label, Body.place_path, Body.minutes)
    return list(db.session.execute(found.where(access.rows(actor, Body)).order_by(Body.id).limit(100)))


def places_of(groups: list[tuple[str, list[tuple[int, str]]]]) -> list[tuple[int, str]]:
    """Community and estates out of the places of a council, grouped as its forms have them."""
    return [places[0] for _name, places in groups if places]


def series_page(actor: Actor, body_id: int, series_id: int) -> SimpleNamespace | None:
    """A body with its fixed days numbered so, and how many of their meetings nobody was called to yet."""
    found = of_body(actor, body_id, series_id=series_id)
    if found is not None:
        found.body_id, found.name = body_id, found.body.name
        counted = sa.select(sa.func.count()).where(*uncalled(actor, series_id))
        found.uncalled = db.session.scalar(counted) or 0
    return found


def placed(series: Series) -> SimpleNamespace:
    """Of fixed days just set: the meetings they have, the days that had one already, and the notices that are late."""
    late = sa.func.sum(sa.case((Meeting.notice_by <= clock.now(), 1), else_=0))
    counted = sa.select(sa.func.count(), late).where(Meeting.series_id == series.id)
    meetings, late_ones = db.session.execute(counted).one()
    pattern = Pattern(Every(series.every), tuple(series.days), series.nth)
    days = schedule.occurrences(pattern, series.starts, series.planned_to, Shift(series.shift))
    ahead = [met for met in days if clock.at(met.day, *divmod(series.begins, 60)) > clock.now()]
    return SimpleNamespace(meetings=meetings, taken=len(ahead) - meetings, late=late_ones or 0)


def of_body(actor: Actor, body_id: int, member_id: int = 0, series_id: int = 0) -> SimpleNamespace | None:
    """A body and the number of one of its members or of its fixed days."""
    body = visible(actor, Body, body_id)
    if body is None:
        return None
    kind, number = (BodyMember, member_id) if member_id else (Series, series_id)
    own = sa.select(kind.id).where(kind.id == number, kind.body_id == body.id)
    found = db.session.scalar(own)
    return SimpleNamespace(body=body, id=found, place_path=body.place_path) if found else None
