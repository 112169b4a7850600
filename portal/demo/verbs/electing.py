"""Elections: owners put forward, agreeing to stand, checked, objected to; another round for vacant seats; and ballots
that came through the authority's own system."""

import csv
import io
from datetime import timedelta
from hashlib import sha256
from random import Random
from secrets import token_hex

import sqlalchemy as sa

from ...assembly import marks
from ...assembly.actions import drafting, importing, nominating, objecting, rounds
from ...assembly.election_words import Declared, Nominator
from ...assembly.elections import elections_of
from ...assembly.models.elections import Candidate
from ...assembly.models.rolls import RollUnit
from ...assembly.models.votes import OwnersVote
from ...assembly.nominees import own
from ...assembly.official import reading
from ...assembly.terms import Terms
from ...assembly.views.official import kept_files
from ...core import clock
from ...core.actor import Actor
from ...core.db import db
from ..papers import drawn
from ..sources import Fields
from ..told import Told, VoteTold

HEADING = ("roll_version", "unit_id", "item_no", "choice", "channel", "cast_at", "source_ref", "sha256")


def stand(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    """Put oneself forward, with the first home one stands on the roll for."""
    of.candidates[step["id"]] = nominating.stand(
        actor,
        of.vote,
        matter_id=elections_of(of.vote.id)[0].id,
        owner_id=own(of.vote.id, actor.id, actor.name)[0].owner_id,
        statement=step["says"],
        declared=_declared(step),
        once=token_hex(8),
    )


def nominate(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    of.candidates[step["id"]] = nominating.nominate(
        actor,
        of.vote,
        matter_id=elections_of(of.vote.id)[0].id,
        plate=step["plate"],
        name=step["name"],
        by=Nominator(step["how"]),
        once=token_hex(8),
    )


def agree(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    """The nominee himself, or staff upon his signed paper."""
    candidate = of.candidates[step["to"]]
    nominating.agree_to_stand(actor, candidate, statement=step["says"], declared=_declared(step))


def qualify(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    for key in step["who"]:
        nominating.qualify(actor, of.candidates[key])


def object_to(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    of.objections[step["id"]] = objecting.object_to_candidate(
        actor, of.vote, candidate_id=of.candidates[step["to"]].id, text=step["body"], once=token_hex(8)
    )


def call_round(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    """Draft the round for the seats of another vote that stayed vacant, and settle its hours."""
    before = told.votes[step["of"]]
    of.vote = rounds.call_round(actor, before.vote, once=token_hex(8))
    kept = {name: getattr(of.vote, name) for name in Terms._fields}
    hours = {"opens_at": told.moment(step["opens"]), "closes_at": told.moment(step["closes"])}
    drafting.amend_vote(actor, of.vote, terms=Terms(**{**kept, **hours, "title": step["title"]}))
    carried = sa.select(Candidate).where(Candidate.vote_id == of.vote.id)
    now = {c.carried_from_id: c for c in db.session.scalars(carried)}
    of.candidates = {key: now[c.id] for key, c in before.candidates.items() if c.id in now}


def official(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    """A result file of the authority's system, of homes that have no account here: read, kept and taken."""
    data = _file(of.vote, step).encode()
    digest = kept_files().keep(data)
    importing.take_official(actor, of.vote, digest=digest, rows=reading.read(data))


def _declared(step: Fields) -> list[Declared]:
    return [Declared(word) for word in step.get("declares", [])]


def _file(vote: OwnersVote, step: Fields) -> str:
    """The file as such a system gives it; the same whenever the demo is built."""
    rng = Random(f"{vote.title}/official")
    first = sa.select(RollUnit.voter_id, sa.func.min(RollUnit.unit_id)).where(RollUnit.vote_id == vote.id)
    unit = dict(db.session.execute(first.group_by(RollUnit.voter_id)).all())
    minutes = int((vote.closes_at - vote.opens_at) / timedelta(minutes=1))
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(HEADING)
    for paper in drawn(vote, step, rng):
        at = clock.local(vote.opens_at + timedelta(minutes=rng.randrange(minutes)))
        picked = marks.picked(paper.says[0])
        said = "+".join(str(n) for n in picked) if picked else paper.says[0]
        home, source = f"u{unit[paper.voter_id]}", f"E{paper.number:06d}"
        row = [vote.roll_version, home, 1, said, "online", at.isoformat(), source]
        lines.writerow([*row, sha256("|".join(map(str, row)).encode()).hexdigest()])
    return out.getvalue()
