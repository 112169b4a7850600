"""Reaching the owners: who goes round which building, papers handed over, notices read on the screen."""

from secrets import token_hex

import sqlalchemy as sa

from ...assembly.actions import reaching
from ...assembly.models.reaching import Delivery
from ...assembly.models.rolls import Voter
from ...assembly.queries.hung import notices_of
from ...assembly.words import DeliveryWay
from ...core.actor import Actor
from ...core.db import db
from ...places.naming import building_name
from ..sources import Fields
from ..told import Told, VoteTold
from .owner_ballots import own_voter


def assign(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    for person, buildings in step["rounds"].items():
        for building in buildings:
            reaching.assign_visit(
                actor, of.vote, building=building_name(building), visitor_id=told.people[person]
            )


def deliver(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    """From door to door in the order of house numbers, to those whom nothing has reached yet."""
    reaching.record_delivery(
        actor,
        of.vote,
        voter_ids=_not_reached(of, step)[: step["homes"]],
        way=DeliveryWay(step["way"]),
        warned=True,
        once=token_hex(8),
        witnesses=tuple(step.get("witnesses", ("", ""))),
        note=step.get("note", ""),
        posting_id=_notice(of) if step["way"] == DeliveryWay.POSTED else None,
    )


def _notice(of: VoteTold) -> int:
    return notices_of(of.vote)[0].id


def read(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    reaching.acknowledge(actor, db.session.get_one(Voter, own_voter(of, actor)))


def _not_reached(of: VoteTold, step: Fields) -> list[int]:
    reached = sa.select(Delivery.voter_id).where(Delivery.vote_id == of.vote.id)
    there = sa.select(Voter.id).where(Voter.vote_id == of.vote.id, Voter.id.not_in(reached))
    if "buildings" in step:
        there = there.where(Voter.building.in_([building_name(b) for b in step["buildings"]]))
    return list(db.session.scalars(there.order_by(Voter.number)))
