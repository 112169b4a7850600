"""The count of an owners' vote: in public, signed, hung out, objected to, certified, filed."""

from secrets import token_hex

import sqlalchemy as sa

from ...assembly.actions import announcing, objecting, planning
from ...assembly.actions import counting as acts
from ...assembly.models.counts import Scrutineer
from ...assembly.words import Counter
from ...core.actor import Actor
from ...core.db import db
from ..sources import Fields, people
from ..told import Told, VoteTold


def name(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    """A person of people.yaml signs with his account; anybody else signs on paper."""
    for role, field in ((Counter.TELLER, "tellers"), (Counter.SCRUTINEER, "scrutineers")):
        for who in step[field]:
            person = people().get(who, {"name": who, "phone": ""})
            acts.name_scrutineer(actor, of.vote, role=role, name=person["name"], phone=person["phone"])


def plan(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    planning.plan_count(actor, of.vote, at=told.moment(step["at"]), where=step["where"])


def count(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    acts.begin_count(actor, of.vote)


def sign(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    """One's own name; who is not on the list keeps the sheet of those who sign on paper."""
    there = sa.select(Scrutineer).where(Scrutineer.vote_id == of.vote.id).order_by(Scrutineer.id)
    everybody = db.session.scalars(there).all()
    if own := [s for s in everybody if s.user_id == actor.id]:
        acts.sign_count(actor, acts.AtScrutineer(own[0].id))
    else:
        signers = [s.id for s in everybody if s.user_id is None]
        sheet = told.album.pictures(("tally-sheet",))
        acts.sign_on_paper(actor, of.vote, signers=signers, sheet=sheet)


def post(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    photos = told.album.pictures(step.get("photos", []))
    announcing.post_preliminary(actor, of.vote, where=step["where"], photos=photos)


def object_to(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    of.objections[step["id"]] = objecting.object_to_result(
        actor, of.vote, text=step["body"], once=token_hex(8)
    )


def certify(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    photos = told.album.pictures(step.get("photos", []))
    announcing.certify_vote(actor, of.vote, where=step["where"], photos=photos)


def archive(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    announcing.archive_vote(actor, of.vote)
