"""Reaching voters: deliveries tried and made, the owner's own word that he has read it, who goes round the doors."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from ...core import access
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, in_parts, read
from ...core.directory import directory
from ...core.errors import Conflict, Invalid, NotAllowed, NotVisible
from ...core.eventlog import record
from ...core.files import Kept, attach
from ...core.text import _
from ..events import DeliveryRecorded, VisitAssigned
from ..models.reaching import Delivery, DoorVisit
from ..models.rolls import Voter
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries.hung import notices_of
from ..situation import within
from ..stages import VOTING
from ..words import DeliveryWay

MOST_AT_ONCE = 5000
MOST_WITH_PHOTOS = 100
"""A list of signatures of one building; a wall is photographed with its posting."""


@action(Can.DELIVER)
def record_delivery(
    actor: Actor,
    vote: OwnersVote,
    *,
    voter_ids: Collection[int],
    way: DeliveryWay,
    warned: bool,
    once: str,
    witnesses: tuple[str, str] = ("", ""),
    note: str = "",
    posting_id: int | None = None,
    photos: Sequence[Kept] = (),
) -> int:
    """Enter one attempt for many voters at once; how many. `warned`: the paper said what silence means; `photos` are
    kept with each of them. The same `once` again enters nothing.

    Raises Invalid with its field: nobody chosen, a refusal without two witnesses, a notice on the wall without the
    posting that it is, the owner's own way (he says that himself on the portal), one picture for more doors than it
    can show.
    """
    _check(voter_ids, way, witnesses)
    hanging = _hanging(vote, posting_id) if way is DeliveryWay.POSTED else None
    if photos and len(set(voter_ids)) > MOST_WITH_PHOTOS:
        raise Invalid(_("带照片的一次最多登记 %(n)d 户，请分开。", n=MOST_WITH_PHOTOS), "photos")
    known = sa.select(Delivery.id).where(Delivery.by_id == actor.id, Delivery.once == once)
    if db.session.scalar(known.limit(1)):
        return 0
    places = _places(vote, voter_ids)
    same = {
        "vote_id": vote.id,
        "way": way,
        "warned": warned,
        "witness_one": witnesses[0],
        "witness_two": witnesses[1],
        "note": note,
        "posting_id": hanging,
        "by_id": actor.id,
        "at": actor.now,
        "once": once,
    }
    db.session.execute(
        sa.insert(Delivery), [{"voter_id": id_, "place_path": path, **same} for id_, path in places.items()]
    )
    if photos:
        entered = sa.select(Delivery).where(Delivery.by_id == actor.id, Delivery.once == once)
        for delivery in db.session.scalars(entered.order_by(Delivery.id)).all():
            attach(actor, delivery, photos, "photo")
    record(actor, vote, DeliveryRecorded(vote.id, len(places)))
    return len(places)


@action(Can.ACKNOWLEDGE)
def acknowledge(actor: Actor, voter: Voter) -> None:
    """The voter's own word that the paper, with what silence means, has reached him. Twice is once."""
    if actor.kin:
        raise NotAllowed(_("看到公告要本人来点。"))
    vote = db.session.get_one(OwnersVote, voter.vote_id)
    if not within(vote, VOTING):
        raise Conflict(_("公告以后、截止以前才用登记。"))
    known = sa.select(Delivery.id).where(Delivery.voter_id == voter.id, Delivery.way == DeliveryWay.PORTAL)
    if db.session.scalar(known.limit(1)):
        return
    assert actor.id is not None
    store(
        Delivery(
            vote_id=vote.id,
            voter_id=voter.id,
            place_path=voter.place_path,
            way=DeliveryWay.PORTAL,
            warned=True,
            by_id=actor.id,
            at=actor.now,
            once=f"read-{voter.id}",
        )
    )
    record(actor, voter, DeliveryRecorded(vote.id, 1))


@action(Can.ASSIGN_VISIT)
def assign_visit(actor: Actor, vote: OwnersVote, *, building: str, visitor_id: int | None) -> None:
    """Say who goes round a building; None: nobody for now. Raises Invalid for who may not, and an unknown building."""
    there = sa.select(Voter.id).where(Voter.vote_id == vote.id, Voter.building == building)
    if not db.session.scalar(there.limit(1)):
        raise Invalid(_("名册上没有这栋楼。"), "building")
    if visitor_id is not None and visitor_id not in dict(visitors(vote)):
        raise Invalid(_("请从社区和业委会的人里选。"), "visitor")
    db.session.execute(
        sa.delete(DoorVisit).where(DoorVisit.vote_id == vote.id, DoorVisit.building == building)
    )
    if visitor_id is not None:
        assert actor.id is not None
        store(
            DoorVisit(
                vote_id=vote.id,
                building=building,
                visitor_id=visitor_id,
                assigned_by_id=actor.id,
                at=actor.now,
            )
        )
    record(actor, vote, VisitAssigned(vote.id))


def visitors(vote: OwnersVote) -> list[tuple[int, str]]:
    """People who may go round: (number, name)."""
    people = directory.people
    found = sa.select(people.id, people.name).where(access.holders(Can.ORGANISE, vote)).order_by(people.id)
    return [(id_, name) for id_, name in db.session.execute(found.limit(200))]


def _places(vote: OwnersVote, voter_ids: Collection[int]) -> dict[int, str]:
    """Where the voters are. Raises NotVisible for one who is not of this vote."""
    wanted = sorted(set(voter_ids))
    places: dict[int, str] = {}
    for some in in_parts(wanted):
        there = sa.select(Voter.id, Voter.place_path).where(Voter.vote_id == vote.id, Voter.id.in_(some))
        places |= dict(read(there))
    if len(places) != len(wanted):
        raise NotVisible()
    return places


def _hanging(vote: OwnersVote, posting_id: int | None) -> int:
    if posting_id not in {posting.id for posting in notices_of(vote)}:
        raise Invalid(_("请选是哪一次公告。公告贴出来、登记过，才能算公告送达。"), "posting")
    assert posting_id is not None
    return posting_id


def _check(voter_ids: Collection[int], way: DeliveryWay, witnesses: tuple[str, str]) -> None:
    if not voter_ids:
        raise Invalid(_("请先勾选送到了哪几户。"), "voters")
    if len(voter_ids) > MOST_AT_ONCE:
        raise Invalid(_("一次最多登记 %(n)d 户，请按楼栋分开。", n=MOST_AT_ONCE), "voters")
    if way is DeliveryWay.PORTAL:
        raise Invalid(_("看没看过由业主本人在平台上点。"), "way")
    if way is DeliveryWay.REFUSED and (not all(witnesses) or witnesses[0] == witnesses[1]):
        raise Invalid(_("拒收要写明两位见证人。"), "witness_one" if not witnesses[0] else "witness_two")
