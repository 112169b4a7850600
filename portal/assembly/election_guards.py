"""What stands in the way of an election: a list that is not settled, objections to it, nobody left to elect."""

from collections.abc import Iterable

from ..core.actor import Actor
from ..core.db import db
from ..core.errors import Unmet
from ..core.text import _
from . import elections
from .election_words import CandidateState, Declared
from .guards import unanswered
from .jurisdictions import pack
from .models.elections import Candidate
from .models.votes import OwnersVote
from .nominees import on_roll
from .seats import WHOLE, fewest
from .words import ObjectionKind


def lists_settled(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """Every nomination is checked, everybody on a list is on the roll, and there is somebody to elect."""
    cure = f"/owners-votes/{vote.id}/candidates"
    for matter, there in elections.lists_made(vote.id):
        waiting = sum(c.state is CandidateState.NOMINATED for c in there)
        if waiting:
            yield Unmet(_("还有 %(n)d 位被提名的人没有审查资格。", n=waiting), cure)
        elif not there:
            yield Unmet(_("“%(what)s”还没有候选人。", what=matter.question), cure)
        for candidate in there:
            if candidate.state is CandidateState.QUALIFIED and not candidate.on_roll:
                yield Unmet(_("候选人%(name)s不在更正后的名册上，请办退出。", name=candidate.name), cure)
        yield from _seats_allowed(vote, matter)


def candidate_objections_answered(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """Where the hour passes meanwhile the vote may begin later (`postpone_opening`)."""
    return unanswered(vote, ObjectionKind.CANDIDATE)


def somebody_to_elect(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """A list may have lost its last candidate since it was posted."""
    listed = elections.lists(vote.id)
    for matter in elections.elections_of(vote.id):
        if matter.id not in listed:
            yield Unmet(
                _("“%(what)s”的候选人都退出或者除名了，没有人可选。请终止这次表决，重新提名。", what=matter.question),
                f"/owners-votes/{vote.id}/voiding",
            )  # fmt: skip


def agreed_to_stand(candidate: Candidate, _actor: Actor) -> Iterable[Unmet]:
    """Nobody is put on a list against his will or without his declaration."""
    if candidate.consented_at is None:
        yield Unmet(_("本人还没有同意参选、作出声明。"))


def owner_on_roll(candidate: Candidate, _actor: Actor) -> Iterable[Unmet]:
    vote = db.session.get_one(OwnersVote, candidate.vote_id)
    if not on_roll(vote, [candidate.owner_id]):
        yield Unmet(_("他不在现在的业主名册上，不能当候选人。"), f"/owners-votes/{vote.id}/roll")


def not_barred(candidate: Candidate, _actor: Actor) -> Iterable[Unmet]:
    """What he declared himself may keep him out by the rules of the place."""
    vote = db.session.get_one(OwnersVote, candidate.vote_id)
    declared = {Declared(word) for word in candidate.declared.split(",") if word}
    if declared & set(pack(vote.jurisdiction).barred):
        yield Unmet(_("他声明的情形，当地规定不能当业委会委员。请写明理由，不通过。"))


def _seats_allowed(vote: OwnersVote, matter: elections.Elected) -> Iterable[Unmet]:
    rules = pack(vote.jurisdiction)
    least = fewest(rules, vote.units, vote.area)
    if matter.wish == WHOLE and (matter.seats or 0) < least:
        yield Unmet(
            _("%(place)s规定业委会至少 %(least)d 位委员，请改名额。", place=_(rules.label), least=least),
            f"/owners-votes/{vote.id}/matters/{matter.id}/edit",
        )
    most = rules.most_seats
    if matter.wish == WHOLE and most is not None and (matter.seats or 0) > most:
        yield Unmet(
            _("%(place)s规定业委会最多 %(most)d 位委员，请改名额。", place=_(rules.label), most=most),
            f"/owners-votes/{vote.id}/matters/{matter.id}/edit",
        )
