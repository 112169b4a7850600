"""Who has been reached, who has voted and who has not: by building and channel, and voter by voter. Never how."""

from collections import defaultdict
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...core.access import Condition
from ...core.actor import Actor
from ...core.db import db, read
from ...core.listing import Column, Filter, Listing, Sort
from ...core.prepared import prepared
from ...core.text import N_, _, choices
from ..models.box import Turnout
from ..models.papers import GONE, Batch, Slip
from ..models.reaching import Delivery, DoorVisit
from ..models.rolls import Voter
from ..models.votes import OwnersVote, Posting
from ..struck import spoken
from ..words import DELIVERY_WORD, BatchState, Channel, DeliveryWay

_SEEN = (DeliveryWay.HANDED, DeliveryWay.MAIL, DeliveryWay.MESSAGE, DeliveryWay.PORTAL)
REACHED: dict[str, tuple[str, tuple[DeliveryWay, ...]]] = {
    "none": (N_("还没送"), ()),
    "reached": (N_("送到了"), _SEEN),
    "refused": (N_("拒收"), (DeliveryWay.REFUSED,)),
    "posted": (N_("联系不上，已公告"), (DeliveryWay.POSTED,)),
}
_tried = sa.exists().where(Delivery.voter_id == Voter.id)
_latest = (
    sa.select(
        Delivery.voter_id,
        Delivery.way,
        sa.func.row_number()
        .over(partition_by=Delivery.voter_id, order_by=(Delivery.at.desc(), Delivery.id.desc()))
        .label("back"),
    )
    .where(Delivery.vote_id == sa.bindparam("vote"))
    .subquery("latest")
)
_voted = spoken(Voter).correlate(Voter)


_handed = sa.and_(
    ~_voted,
    sa.exists()
    .where(
        Slip.voter_id == Voter.id,
        Slip.batch_id == Batch.id,
        Batch.state != BatchState.AGREED,
        OwnersVote.id == Batch.vote_id,
        Batch.received_at < OwnersVote.closes_at,
        ~GONE,
    )
    .correlate(Voter),
)


class Building(NamedTuple):
    """A building of the vote. `channels`: heads by channel."""

    name: str
    heads: int
    area: int
    heads_in: int
    area_in: int
    states: dict[str, int]
    """Voters by what the latest attempt came to, keys of `REACHED`."""
    channels: dict[str, int]
    handed: int
    """Heads with nothing in the box yet whose paper came in time and waits to be read by another person."""
    handed_area: int
    visitor_id: int | None
    visitor: str

    @property
    def tried(self) -> int:
        """Voters to whom a delivery was made or tried."""
        return self.heads - self.states["none"]


_BUILDINGS = (
    sa.select(
        Voter.building,
        sa.func.count().label("heads"),
        sa.func.sum(Voter.area).label("area"),
        *(
            sa.func.count().filter(_latest.c.way.in_(ways)).label(key)
            if ways
            else sa.func.count().filter(_latest.c.way.is_(None)).label(key)
            for key, (_word, ways) in REACHED.items()
        ),
        sa.func.count().filter(_handed).label("handed"),
        sa.func.coalesce(sa.func.sum(Voter.area).filter(_handed), 0).label("handed_area"),
        sa.func.min(Voter.number).label("first"),
    )
    .outerjoin(_latest, sa.and_(_latest.c.voter_id == Voter.id, _latest.c.back == 1))
    .where(Voter.vote_id == sa.bindparam("vote"), Voter.units > 0)
    .group_by(Voter.building)
    .order_by(sa.func.min(Voter.number))
)
_TURNOUT = sa.select(Turnout.building, Turnout.channel, Turnout.heads, Turnout.area).where(
    Turnout.vote_id == sa.bindparam("vote")
)
_VISITS = (
    sa.select(DoorVisit.building, DoorVisit.visitor_id, User.name)
    .join(User, User.id == DoorVisit.visitor_id)
    .where(DoorVisit.vote_id == sa.bindparam("vote"))
)


def buildings(vote_id: int) -> list[Building]:
    """Every building of a vote in the order of papers; three queries."""
    at = {"vote": vote_id}
    channels: dict[str, dict[str, int]] = defaultdict(dict)
    area_in: dict[str, int] = defaultdict(int)
    for row in read(_TURNOUT, at):
        channels[row.building][row.channel.value] = row.heads
        area_in[row.building] += row.area
    visits = {row.building: row for row in read(_VISITS, at)}
    return [
        Building(
            row.building,
            row.heads,
            int(row.area),
            sum(channels[row.building].values()),
            area_in[row.building],
            {key: row._mapping[key] for key in REACHED},
            channels[row.building],
            row.handed,
            int(row.handed_area),
            *(visits[row.building][1:] if row.building in visits else (None, "")),
        )
        for row in read(_BUILDINGS, at)
    ]


def channels_of(lines: list[Building]) -> list[str]:
    """Channels in which anything came, in their order."""
    there = {name for line in lines for name in line.channels}
    return [c.value for c in Channel if c.value in there]


_WAY = (
    sa.select(Delivery.way)
    .where(Delivery.voter_id == Voter.id)
    .order_by(Delivery.at.desc(), Delivery.id.desc())
    .limit(1)
    .correlate(Voter)
    .scalar_subquery()
)
_POSTED_AT = (
    sa.select(Posting.at)
    .select_from(Delivery)
    .outerjoin(Posting, Posting.id == Delivery.posting_id)
    .where(Delivery.voter_id == Voter.id)
    .order_by(Delivery.at.desc(), Delivery.id.desc())
    .limit(1)
    .correlate(Voter)
    .scalar_subquery()
)
"""When the notice was hung out that the latest attempt was."""
_TRIES = (
    sa.select(sa.func.count())
    .select_from(Delivery)
    .where(Delivery.voter_id == Voter.id)
    .correlate(Voter)
    .scalar_subquery()
)
_SELECT = sa.select(
    Voter.id,
    Voter.number,
    Voter.label,
    Voter.building,
    Voter.name,
    Voter.area,
    _WAY.label("way"),
    _POSTED_AT.label("posted_at"),
    _TRIES.label("tries"),
    _voted.label("voted"),
)
_SORTS = (Sort("number", N_("按票号"), Voter.number, descending=False),)
_COLUMNS = (
    Column(N_("票号"), lambda v: v.number),
    Column(N_("楼栋"), lambda v: v.building),
    Column(N_("房屋"), lambda v: v.label),
    Column(N_("业主"), lambda v: v.name),
    Column(N_("最近一次送达"), lambda v: _(DELIVERY_WORD[DeliveryWay(v.way)]) if v.way else ""),
    Column(N_("送了几次"), lambda v: v.tries),
    Column(N_("投票没有"), lambda v: _("已投") if v.voted else ""),
)


def voters_of(vote_id: int, reader: int | None) -> Listing:
    """The voters of a vote as those who go round need them; `reader` is one of them."""
    return Listing(
        model=Voter,
        select=_SELECT,
        within=lambda _actor: _of_vote(vote_id),
        search=(Voter.label, Voter.name),
        sorts=_SORTS,
        columns=_COLUMNS,
        size=50,
        filters=(
            Filter(
                "building",
                N_("楼栋"),
                lambda _actor: _building_choices(vote_id),
                lambda value: Voter.building == value,
            ),
            Filter("reached", N_("送达"), _reached_choices, _reached),
            Filter(
                "round",
                N_("上门"),
                lambda _actor: [("mine", _("我负责的楼"))],
                lambda _value: _goes_round(reader),
            ),
            Filter(
                "voted",
                N_("投票没有"),
                lambda _actor: [("no", _("还没投")), ("yes", _("已投"))],
                lambda value: _voted if value == "yes" else ~_voted,
            ),
        ),
    )


@prepared
def _of_vote(vote_id: int) -> Condition:
    return sa.and_(Voter.vote_id == vote_id, Voter.units > 0)


def _building_choices(vote_id: int) -> list[tuple[str, str]]:
    named = sa.select(Voter.building).where(Voter.vote_id == vote_id).group_by(Voter.building)
    return [
        (name, name or _("没有楼栋"))
        for name in db.session.scalars(named.order_by(sa.func.min(Voter.number)))
    ]


def _reached_choices(_actor: Actor) -> list[tuple[str, str]]:
    return choices({key: word for key, (word, _ways) in REACHED.items()})


def _reached(value: str) -> Any:
    ways = REACHED[value][1]
    return _WAY.in_(ways) if ways else ~_tried


def _goes_round(reader: int | None) -> Any:
    """The buildings somebody was asked to go round."""
    mine = DoorVisit.visitor_id == reader
    return sa.exists().where(DoorVisit.vote_id == Voter.vote_id, DoorVisit.building == Voter.building, mine)


def rounds_of(actor: Actor, vote: OwnersVote) -> list[str]:
    """The buildings that the reader was asked to go round."""
    found = sa.select(DoorVisit.building).where(
        DoorVisit.vote_id == vote.id, DoorVisit.visitor_id == actor.id
    )
    return list(db.session.scalars(found.order_by(DoorVisit.building)))
