"""Ballots of owners on the screen, and letters of authority."""

from secrets import token_hex

import sqlalchemy as sa

from ...assembly.actions import authorising, casting
from ...assembly.box import AtVoter
from ...assembly.models.rolls import RollUnit, Speaker, Voter
from ...assembly.models.votes import Matter
from ...core.actor import Actor
from ...core.db import db
from ..sources import Fields, people
from ..told import Told, VoteTold


def cast(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    """The one-time key is random: from it alone the receipt follows."""
    casting.cast_ballot(actor, AtVoter(own_voter(of, actor)), choices=step["say"], once=token_hex(8))


def give_letter(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    """The owner himself, or staff who take the letter in for a `home`. An agent is a person, or a name without an
    account."""
    voter = _at_home(of, step["home"]) if "home" in step else own_voter(of, actor)
    agent = people().get(step["agent"], {"name": step["agent"], "phone": ""})
    of.letters[step["id"]] = authorising.submit_proxy(
        actor,
        db.session.get_one(Voter, voter),
        agent_name=agent["name"],
        phone=agent["phone"],
        matters=list(db.session.scalars(sa.select(Matter.position).where(Matter.vote_id == of.vote.id))),
        declared=True,
        letter=told.album.pictures([step["letter"]]),
        once=token_hex(8),
    )


def review_letter(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    letter, reason = of.letters[step["to"]], step.get("reason", "")
    authorising.review_proxy(actor, letter, accepted=step["accepted"], reason=reason)


def cast_by_letter(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    casting.vote_by_proxy(actor, of.letters[step["to"]], choices=step["say"], once=token_hex(8))


def own_voter(of: VoteTold, actor: Actor) -> int:
    """The head he may speak for."""
    spoken = sa.select(Speaker.voter_id).where(Speaker.vote_id == of.vote.id, Speaker.user_id == actor.id)
    return db.session.scalars(spoken.order_by(Speaker.voter_id).limit(1)).one()


def _at_home(of: VoteTold, door_plate: str) -> int:
    unit = sa.select(RollUnit.voter_id).where(RollUnit.vote_id == of.vote.id, RollUnit.label == door_plate)
    return db.session.scalars(unit).one()
