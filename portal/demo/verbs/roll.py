"""The roll of an owners' vote: hung out, objected to, mended in the register, hung out anew, settled."""

from secrets import token_hex

import sqlalchemy as sa
from flask import current_app

from ...accounts import codes
from ...accounts.actions.cards import issue_cards
from ...accounts.actions.claims import claim_unit
from ...accounts.models import Code, Membership, Relation
from ...assembly.actions import objecting, rolls
from ...core.actor import Actor
from ...core.db import db
from ...places.actions.units import change_owners
from ...places.models import Owner, Place, Unit
from ..sources import Fields, people
from ..told import Told, VoteTold


def post(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    photos = told.album.pictures(step.get("photos", []))
    rolls.post_roll(actor, of.vote, where=step["where"], photos=photos)


def object_to(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    of.objections[step["id"]] = objecting.object_to_roll(actor, of.vote, text=step["body"], once=token_hex(8))


def mend_title(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    """Put the names of the title deed into the register; who stood there keeps his telephone."""
    unit = _home(told, step["person"])
    known = sa.select(Owner.name, Owner.phone).where(Owner.owner_set_id == unit.owner_set_id)
    phones = dict(db.session.execute(known).all())
    owners = [(name, phones.get(name, "")) for name in step["owners"]]
    change_owners(actor, unit, revision=unit.revision, owners=owners, reason=step["reason"])


def claim_title(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    """Be recognised as the owner one is, with the card that a clerk prints at the counter."""
    secret, unit = str(current_app.config["SECRET_KEY"]), _home(told, step["by"])
    place = db.session.get_one(Place, unit.id)
    card, *_ = issue_cards(told.actor(step["clerk"]), place, relation=Relation.OWNER, secret=secret)
    code = db.session.scalars(sa.select(Code).where(Code.digest == codes.digest(card.code, secret))).one()
    own = sa.select(Owner.id).where(
        Owner.owner_set_id == unit.owner_set_id, Owner.name == people()[step["by"]]["name"]
    )
    claim_unit(actor, code, owner_id=db.session.scalars(own).one())


def amend(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    rolls.amend_roll(actor, of.vote, reason=step["reason"], where=step["where"])


def freeze(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    rolls.freeze_roll(actor, of.vote)


def _home(told: Told, person: str) -> Unit:
    of_person = sa.select(Membership.unit_id).where(Membership.user_id == told.people[person])
    first = db.session.scalars(of_person.order_by(Membership.id).limit(1)).one()
    return db.session.get_one(Unit, first)
