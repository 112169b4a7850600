"""After an election: another round for seats that nobody won, and lots where candidates are level."""

from datetime import datetime

import sqlalchemy as sa

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, NotVisible, Unmet
from ...core.eventlog import record
from ...core.text import _
from ...places.models import Place
from ...voting.actions import lots
from .. import elections, vacancies
from ..election_events import RoundCalled, SeatLotAnnounced, SeatLotDrawn
from ..election_words import CandidateState
from ..jurisdictions import pack
from ..models.elections import Candidate, ElectionLot
from ..models.votes import Matter, OwnersVote
from ..policy import Can
from ..seats import ITEM
from ..terms import Terms, earliest
from ..words import VoteState
from .drafting import Question, add_matter, draft_vote


@action(Can.CALL_ROUND)
def call_round(actor: Actor, vote: OwnersVote, *, once: str) -> OwnersVote:
    """Draft a by-election of the seats that stayed vacant, for the same owners by the same rules; who stood and was
    not elected is nominated anew, and asked. The same `once` again returns the same draft.

    Raises Conflict where no seat is vacant, or another round is under way.
    """
    if known := made(OwnersVote, once, drafted_by_id=actor.id):
        return known
    counted = [m for m in elections.elections_of(vote.id) if m.result]
    left = [(m, vacancies.still_open(m, vacancies.lot_of(m.id))) for m in counted]
    left = [(matter, there) for matter, there in left if there.seats > 0]
    if not left:
        raise Conflict(_("这次选举没有空缺的名额，不用补选。"))
    _no_other(vote)
    place = db.session.scalars(sa.select(Place).where(Place.place_path == vote.place_path)).one()
    again = draft_vote(actor, place, terms=_terms(actor, vote), once=once)
    again.round_of_id = vote.id
    for matter, there in left:
        _carry(actor, vote, again, matter, there)
    record(actor, vote, RoundCalled(vote.id, again.id))
    return again


@action(Can.DRAW_LOTS)
def announce_lot(
    actor: Actor,
    vote: OwnersVote,
    *,
    matter_id: int,
    source: str,
    digits: int,
    draws_at: datetime,
    first_witness: str,
    second_witness: str,
) -> None:
    """State which public number will decide between level candidates, how many digits it has, from when on it is known,
    and who will be there. It cannot be changed. Raises Invalid with the field, Conflict if nobody is level or a lot was
    announced before."""
    matter = _level(vote, matter_id)
    if vacancies.lot_of(matter.id) is not None:
        raise Conflict(_("抽签的办法已经公布，不能再改。"))
    told = lots.announcement(actor, source, digits, draws_at, first_witness, second_witness)
    store(ElectionLot(matter_id=matter.id, vote_id=vote.id, **told))
    record(actor, vote, SeatLotAnnounced(vote.id))


@action(Can.DRAW_LOTS)
def draw_lot(actor: Actor, vote: OwnersVote, *, matter_id: int, seed: str) -> None:
    """Draw the lot with the number that came. Raises Conflict before its hour, a second time, or unannounced."""
    matter = _level(vote, matter_id)
    lot = vacancies.lot_of(matter.id)
    if lot is None:
        raise Conflict(_("请先公布用哪个号码抽签。"))
    result = matter.result or {}
    order = lots.draw_with(actor, lot, seed, result["tied"])
    lot.chosen = order[: result["seats"] - len(result["elected"])]
    record(actor, vote, SeatLotDrawn(vote.id))


def _level(vote: OwnersVote, matter_id: int) -> Matter:
    matter = db.session.get(Matter, matter_id)
    if matter is None or matter.vote_id != vote.id or matter.seats is None:
        raise NotVisible()
    if not (matter.result or {}).get("tied"):
        raise Conflict(_("候选人没有并列，不用抽签。"))
    return matter


def _no_other(vote: OwnersVote) -> None:
    there = sa.select(OwnersVote.id).where(
        OwnersVote.round_of_id == vote.id, OwnersVote.state.not_in((VoteState.VOID, VoteState.PUT_AWAY))
    )
    other = db.session.scalar(there.limit(1))
    if other is not None:
        raise Conflict(Unmet(_("补选已经在办了。"), f"/owners-votes/{other}/checklist"))


def _terms(actor: Actor, vote: OwnersVote) -> Terms:
    """The rules of the round before, on the earliest days they allow, for as long as it was open."""
    was_open = max((vote.closes_at - vote.opens_at).days, pack(vote.jurisdiction).least_open_days)
    dates = earliest(actor.now, vote.roll_days, vote.notice_days, was_open)
    kept = {name: getattr(vote, name) for name in Terms._fields}
    title = _("%(title)s：补选", title=vote.title)[:80]
    return Terms(**{**kept, "title": title, "opens_at": dates.opens_at, "closes_at": dates.closes_at})


def _carry(actor: Actor, first: OwnersVote, again: OwnersVote, matter: Matter, there: vacancies.Open) -> None:
    """The matter of the round before with words of its own: what was said of all seats is not true of the rest."""
    asked = Question(
        question=_("补选%(n)d位：%(what)s", n=there.seats, what=matter.question)[:200],
        wish="by_election",
        item=ITEM,
        item_reason=matter.item_reason,
        explanation=_(
            "%(title)s（第 %(number)s 号）有 %(n)d 个名额没有选出来，这次补选。每张票最多选 %(n)d 位。"
            "上一轮参选、没有当选的，要本人再同意一次；已经当选的不用再选。",
            title=first.title,
            number=first.number,
            n=there.seats,
        ),
        seats=there.seats,
    )
    new = add_matter(actor, again, asked=asked)
    stood = sa.select(Candidate).where(
        Candidate.matter_id == matter.id,
        Candidate.number.in_([int(name[1:]) for name in there.again]),
        Candidate.state == CandidateState.QUALIFIED,
    )
    for one in db.session.scalars(stood.order_by(Candidate.number)).all():
        store(_anew(actor, again, new, one))


def _anew(actor: Actor, again: OwnersVote, matter: Matter, one: Candidate) -> Candidate:
    """Nominated as before, and to be asked: nobody is carried over against his will."""
    assert actor.id is not None
    return Candidate(
        vote_id=again.id,
        matter_id=matter.id,
        place_path=again.place_path,
        state=CandidateState.NOMINATED,
        owner_id=one.owner_id,
        user_id=one.user_id,
        name=one.name,
        company=one.company,
        label=one.label,
        statement=one.statement,
        nominated_by=one.nominated_by,
        nominated_by_id=one.nominated_by_id,
        carried_from_id=one.id,
        at=actor.now,
        moved_at=actor.now,
        once=f"round-{again.id}-{one.id}",
    )
