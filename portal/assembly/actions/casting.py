"""Ballots on the screen: an owner's own, and an agent's."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, NotAllowed, NotVisible, Unmet
from ...core.eventlog import record
from ...core.text import _
from ...voting import receipts
from .. import box, elections, marks
from ..box import HeldVoter
from ..challenges import STILL_OPEN
from ..desk import require_apart
from ..events import BallotGiven, BallotRegiven, GivenSeen
from ..family import require_family
from ..models.box import TOGETHER, OwnerBallot
from ..models.challenges import BallotChallenge
from ..models.papers import Proxy
from ..models.rolls import Speaker, Voter
from ..policy import Can
from ..words import Channel, Medium


@action(Can.CAST, share=True)
def cast_ballot(
    actor: Actor, voter: HeldVoter, *, choices: Sequence[str], once: str, seen: int | None = None
) -> str:
    """Give a ballot for a voter one speaks for, or change it: `seen` is how often it had been changed on the page that
    the voter had before him. Returns the receipt, which stays the same.

    The same `once` again returns the same receipt and changes nothing, after the hour too. Family who acts for the
    voter changes nothing but what it gave itself. Raises Invalid for marks (`choice-N`), Conflict for a second ballot
    or one changed meanwhile, NotAllowed out of time, where co-owners have settled on somebody else, and where the
    authority's own system has to be used.
    """
    assert voter.speaker_id is not None
    vote = box.share_vote(voter, voter.speaker_id, Medium.ONLINE)
    if vote.once == once:
        return str(vote.receipt)
    if voter.spoken_for:
        raise NotAllowed(_("共有人已经推选了别人来投这一票。要换人，请共有人一起到社区登记。"))
    ballot = {
        "speaker_id": voter.speaker_id,
        "channel": Channel.ONLINE if actor.entered_by is None or actor.kin else Channel.DESK,
        "proxy_id": 0,
        "once": once,
        **_said(vote, choices),
    }
    return _give(actor, voter, vote, ballot, seen, f"/voters/{voter.id}/change")


@action(Can.SEE_GIVEN)
def see_given(actor: Actor, voter: Voter) -> None:
    """The voter himself has seen what family or staff put in for him. Twice does no harm."""
    mine = sa.select(Speaker.id).where(Speaker.voter_id == voter.id, Speaker.user_id == actor.id)
    found = db.session.scalars(
        sa.select(OwnerBallot).where(
            OwnerBallot.vote_id == voter.vote_id,
            OwnerBallot.voter_id == voter.id,
            sa.or_(OwnerBallot.speaker_id.in_(mine), OwnerBallot.speaker_id == TOGETHER),
            OwnerBallot.entered_by_id.is_not(None),
            OwnerBallot.proxy_id == 0,
            OwnerBallot.seen_at.is_(None),
        )
    ).all()
    for ballot in found:
        ballot.seen_at = actor.now
    if found:
        record(actor, voter, GivenSeen(voter.id))


@action(Can.VOTE_BY_PROXY)
def vote_by_proxy(
    actor: Actor, proxy: Proxy, *, choices: Sequence[str], once: str, seen: int | None = None
) -> str:
    """Give or change the ballot of whom one is the agent of, on the matters of the letter. As `cast_ballot`."""
    voter = box.hold_voter(proxy.voter_id, actor.id)
    if voter is None:
        raise NotVisible()
    vote = box.share_vote(voter, TOGETHER, Medium.ONLINE, proxy.id)
    if vote.once == once:
        return str(vote.receipt)
    ballot = {
        "speaker_id": TOGETHER,
        "channel": Channel.PROXY,
        "proxy_id": proxy.id,
        "once": once,
        **_said(vote, choices, marks.positions(proxy.matters)),
    }
    return _give(actor, voter, vote, ballot, seen, f"/proxies/{proxy.id}/change")


def _said(vote: Any, choices: Sequence[str], asked: Sequence[int] | None = None) -> dict[str, Any]:
    """When and what. Raises NotAllowed when no ballot is taken on a screen now."""
    now = box.in_time(vote)
    if vote.official_evote:
        raise NotAllowed(_("这里要求用主管部门的投票系统，请在那里投；也可以投纸质票。"))
    matters = elections.asked(vote.id) if vote.elects else [marks.QUESTION] * vote.matters
    return {"at": now, "choices": marks.spoken(choices, matters, asked)}


def _may_hand_in(actor: Actor, voter: HeldVoter, vote: Any) -> None:
    if not voter.units:
        raise NotAllowed(_("这套房屋已经过户，这一票由新业主投。"))
    if actor.kin:
        require_family(actor, voter, vote)
    elif actor.entered_by is not None:
        require_apart(actor, voter)


def _give(
    actor: Actor, voter: HeldVoter, vote: Any, ballot: dict[str, Any], seen: int | None, page: str
) -> str:
    """Into the box, or in the place of the one that lies there. Who sold his home at this very moment is told so."""
    _may_hand_in(actor, voter, vote)
    ballot |= {
        "medium": Medium.ONLINE,
        "entered_by_id": actor.entered_by,
        "kin": actor.kin,
        "seen_at": None,
    }
    if vote.receipt is not None:
        if seen is None:
            raise Conflict(Unmet(_("您已经投过票了。想改主意，截止前可以改票。"), page))
        if actor.entered_by is not None and vote.entered_by_id is None:
            raise NotAllowed(_("这张票是本人自己投的，只有本人能改。"))
        if actor.entered_by is not None or actor.kin:
            _not_over_a_challenge(actor, voter, str(vote.receipt))
        if not box.replace(voter, seen, ballot):
            raise Conflict(Unmet(_("这张票后来已经改过，请看看现在的选择再改。"), page))
        record(actor, voter, BallotRegiven(voter.id))
        if not vote.answered:
            box.count_head(voter, ballot["channel"])
        return str(vote.receipt)
    who = f"{voter.id}/{ballot['speaker_id']}/{ballot['proxy_id']}"
    code = receipts.code_of(voter.vote_id, f"owners-vote/{who}/{ballot['once']}")
    box.put_in(voter, {**ballot, "receipt": code, "first_at": ballot["at"]})
    record(actor, voter, BallotGiven(voter.id))
    if not vote.answered:
        box.count_head(voter, ballot["channel"])
    return code


def _not_over_a_challenge(actor: Actor, voter: HeldVoter, receipt: str) -> None:
    """What an owner said of a ballot is answered before others enter one in its place, and never by who entered it."""
    said = db.session.scalars(
        sa.select(BallotChallenge).where(
            BallotChallenge.vote_id == voter.vote_id, BallotChallenge.receipt == receipt
        )
    ).all()
    if any(one.fate in STILL_OPEN or one.entered_by_id == actor.entered_by for one in said):
        raise NotAllowed(
            _(
                "业主说这张票不是他的，或者录得不对。答复以前不能再录，录它的人以后也不能；请他自己投，或者投纸质票。"
            )
        )
