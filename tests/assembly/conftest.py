"""Owners' votes of the test world in any state, written through the models: no step of the procedure is needed."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts.models import Membership, Relation
from portal.assembly import costs
from portal.assembly.models.rolls import RollUnit, RollVersion, Speaker, Voter
from portal.assembly.models.votes import Matter, OwnersVote
from portal.assembly.roll import file
from portal.assembly.words import Capacity, Convener, Scope, Silence, VoterKind, VoteState
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.digests import digest
from portal.places.models import Owner
from tests.world import NOW, UNITS, World

OPENS = NOW - timedelta(days=1)
CLOSES = NOW + timedelta(days=6)
AFTER = CLOSES + timedelta(minutes=1)
BUILDING = "12号楼"
SHOPS = "东门底商"
CLOSED = (VoteState.CLOSED, VoteState.COUNTING, VoteState.PRELIMINARY, VoteState.FINAL, VoteState.ARCHIVED)

MATTERS: tuple[dict[str, Any], ...] = (
    {"question": "用维修资金更换12号楼电梯", "wish": "fund_repair", "item": 5, "cost": 45_600_00},
    {"question": "把东门绿地改成充电棚", "wish": "common_parts", "item": 8, "cost": None},
)
"""One that needs more than half, one that needs three quarters."""

MakeVote = Callable[..., OwnersVote]
NUMBERS = {key: n for n, key in enumerate(UNITS, 1)}
"""Unit key of the world → number of its paper: 101 is 1, 102 is 2, 201 is 3, 202 is 4, the shop is 5."""


@pytest.fixture
def make_vote(world: World) -> MakeVote:
    """`make_vote(state=VoteState.OPEN, matters=({"question": …, "item": 5},), proxy_cap=3)`.

    On the roll are all five units of the world's estate, a head each: 101 of 王秀兰 and 王芳 together (both have
    accounts), 201 of 顾建平 (account), 102, 202 and the shop of owners whom nobody knows. Other keywords are columns of
    the vote. `roll=False` leaves the roll empty.
    """
    made = 0

    def make(state: VoteState = VoteState.OPEN, **given: Any) -> OwnersVote:
        nonlocal made
        made += 1
        return build_vote(world, state, made, **given)

    return make


def build_vote(
    world: World,
    state: VoteState = VoteState.OPEN,
    serial: int = 1,
    *,
    matters: Sequence[dict[str, Any]] = MATTERS,
    roll: bool = True,
    **given: Any,
) -> OwnersVote:
    """What `make_vote` makes, for tests with a database of their own."""
    with transaction():
        vote = _vote(world, state, serial, **given)
        db.session.add(vote)
        db.session.flush()
        for position, matter in enumerate(matters):
            db.session.add(_matter(vote, position, matter))
        if roll:
            for key in UNITS:
                _head(world, vote, key)
            _sum_up(vote)
            if vote.roll_version:
                _version(vote)
            db.session.flush()
            costs.allot(vote)
    return vote


def voter_of(vote: OwnersVote, key: str) -> Voter:
    """The head that a unit of the world is under: `voter_of(vote, "101")`."""
    return db.session.scalars(
        sa.select(Voter).where(Voter.vote_id == vote.id, Voter.number == NUMBERS[key])
    ).one()


def speaker_of(world: World, vote: OwnersVote, name: str) -> Speaker:
    """The speaker that a person of the world is: `speaker_of(world, vote, "co_owner")`."""
    mine = sa.select(Speaker).where(Speaker.vote_id == vote.id, Speaker.user_id == world.ids[name])
    return db.session.scalars(mine).one()


def _vote(world: World, state: VoteState, serial: int, **given: Any) -> OwnersVote:
    columns: dict[str, Any] = {
        "place_path": world.paths["estate"],
        "estate_id": world.ids["estate"],
        "topic_id": None,
        "number": f"2026-{serial:03d}",
        "title": "更换电梯和东门绿地",
        "scope": Scope.ESTATE,
        "scope_label": "宝枫新城",
        "scope_reason": "事项关系到全体业主的共有部分。",
        "convener": Convener.COMMITTEE,
        "convener_name": "宝枫新城业主委员会",
        "jurisdiction": "national",
        "official_evote": False,
        "invalid_participates": False,
        "conflict_invalid": False,
        "last_counts": False,
        "count_parking": False,
        "silence": Silence.NOT_PARTICIPATING,
        "proxy_cap": None,
        "roll_days": 15,
        "notice_days": 15,
        "objection_days": 7,
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "drafted_by_id": world.ids["secretary"],
        "once": f"once-vote-{serial}",
        "created_at": NOW,
        "moved_at": NOW,
        "roll_version": 0 if state is VoteState.DRAFT else 1,
        "roll_hash": "" if state is VoteState.DRAFT else hashlib.sha256(b"roll").hexdigest(),
        **_hours(state),
    }
    columns |= given
    if state is VoteState.OPEN or state in CLOSED:  # the count is announced for the very close
        columns.setdefault("counts_at", columns["closes_at"])
    return OwnersVote(state=state, **columns)


def _hours(state: VoteState) -> dict[str, datetime | None]:
    """Hours that a vote in this state has behind it; of a closed one the whole voting lies before now."""
    if state in (VoteState.DRAFT, VoteState.ROLL_POSTED, VoteState.FROZEN, VoteState.NOTICE):
        return {
            "opens_at": NOW + timedelta(days=20),
            "closes_at": NOW + timedelta(days=27),
            "roll_until": NOW + timedelta(days=15) if state is VoteState.ROLL_POSTED else None,
        }
    if state in CLOSED:
        hours: dict[str, datetime | None] = {
            "opens_at": NOW - timedelta(days=9),
            "opened_at": NOW - timedelta(days=9),
            "closes_at": NOW - timedelta(hours=1),
            "closed_at": NOW - timedelta(hours=1),
        }
        if state is VoteState.PRELIMINARY:
            hours["objections_until"] = NOW + timedelta(days=7)
        return hours
    return {"opened_at": OPENS}


def _matter(vote: OwnersVote, position: int, given: dict[str, Any]) -> Matter:
    rest: dict[str, Any] = {
        "wish": "",
        "item_reason": "召集人核对过。",
        "explanation": "两种意见都写在这里。",
        "cost": None,
    }
    return Matter(vote_id=vote.id, position=position, **(rest | given))


def _head(world: World, vote: OwnersVote, key: str) -> None:
    """A unit of the world as one head, with its owners as speakers."""
    owners = db.session.scalars(
        sa.select(Owner).where(Owner.owner_set_id == world.ids[f"owners_{key}"]).order_by(Owner.id)
    ).all()
    home = key.isdigit()
    place = {
        "place_path": world.paths[key],
        "label": f"12号楼1单元{key}室" if home else "东门底商1号",
        "building": BUILDING if home else SHOPS,
        "area": UNITS[key],
    }
    kinds = (VoterKind.UNKNOWN, VoterKind.SINGLE, VoterKind.CO_OWNERS)
    voter = Voter(
        vote_id=vote.id,
        number=NUMBERS[key],
        owner_set_id=world.ids[f"owners_{key}"],
        kind=kinds[min(len(owners), 2)],
        name="、".join(o.name for o in owners),
        units=1,
        **place,
    )
    db.session.add(voter)
    db.session.flush()
    db.session.add(
        RollUnit(
            vote_id=vote.id,
            voter_id=voter.id,
            unit_id=world.ids[key],
            use="home" if home else "shop",
            delivery="delivered",
            area_source="产权证",
            **place,
        )
    )
    for owner in owners:
        account = sa.select(Membership.user_id).where(
            Membership.owner_id == owner.id, Membership.relation == Relation.OWNER
        )
        db.session.add(
            Speaker(
                vote_id=vote.id,
                voter_id=voter.id,
                place_path=voter.place_path,
                owner_id=owner.id,
                user_id=db.session.scalar(account),
                name=owner.name,
                capacity=Capacity.OWNER,
            )
        )
    db.session.flush()


def _sum_up(vote: OwnersVote) -> None:
    vote.heads, vote.area, vote.units = len(UNITS), sum(UNITS.values()), len(UNITS)


def _version(vote: OwnersVote) -> None:
    """The file of the roll as it hangs out."""
    text = file.text(vote, file.kept_lines(vote.id))
    vote.roll_hash = digest(text)
    db.session.add(
        RollVersion(
            vote_id=vote.id,
            version=vote.roll_version,
            hash=vote.roll_hash,
            file=text,
            reason="",
            at=NOW,
        )
    )


@pytest.fixture
def after_close() -> Any:
    """The clock one minute past the close of an open vote: `with after_close(): …`."""
    return lambda: clock.frozen(AFTER)
