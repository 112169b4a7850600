"""Rules of access that ask the vote a thing belongs to: in which state it is, whether its hour has passed, whether
anybody has signed its count."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ..core import clock
from ..core.access import YES, Condition, Rule, Verdict
from ..core.actor import SYSTEM, Actor
from ..core.db import db
from ..core.text import N_
from .models.counts import Scrutineer
from .models.votes import OwnersVote
from .stages import BEFORE_NOTICE, LEAVING, ROLL_STANDS, SIGNING, VOTING
from .words import VoteState

S = VoteState


class VoteDuring(Rule):
    """The vote that the thing belongs to (`vote_id`; `vote` on the row of a page) is in one of the states and, with
    `before`, the hour in that column of it has not passed."""

    def __init__(self, *states: VoteState, reason: str, before: str | None = None) -> None:
        self.states, self.reason, self._before = states, reason, before

    def check(self, actor: Actor, thing: Any) -> Verdict:
        return YES if self._holds(thing, actor.now) else Verdict(False, self.reason)

    def clause(self, actor: Actor, model: Any) -> Condition:
        vote = sa.orm.aliased(OwnersVote)
        held = (vote.state == sa.literal(state, OwnersVote.state.type) for state in self.states)
        found = sa.exists().where(vote.id == model.vote_id, sa.or_(*held))
        return found.where(getattr(vote, self._before) > actor.now) if self._before else found

    def facts(self, actor: Actor) -> Any:
        return actor.now if self._before else None

    def holders(self, thing: Any) -> Condition:
        return sa.true() if self._holds(thing, clock.now()) else sa.false()

    def _holds(self, thing: Any, now: datetime) -> bool:
        vote = getattr(thing, "vote", None)
        if vote is None:
            asked = [OwnersVote.state, *([getattr(OwnersVote, self._before)] if self._before else [])]
            vote = db.session.execute(sa.select(*asked).where(OwnersVote.id == thing.vote_id)).one()
        in_time = self._before is None or now < getattr(vote, self._before)
        return vote.state in self.states and in_time


class _Unsigned(Rule):
    """Nobody has signed the count of the vote (`table` on the row of a page)."""

    reason = N_("已经有人在唱票记录上签字，名单不能再改。需要换人，请先重新计票。")

    def check(self, actor: Actor, thing: Any) -> Verdict:
        there = getattr(thing, "table", None)
        if there is None:
            signed = db.session.scalar(sa.select(self._signed(thing.id)))
        else:
            signed = any(one.signed_at for one in there)
        return Verdict(False, self.reason) if signed else YES

    def clause(self, actor: Actor, model: Any) -> Condition:
        return ~self._signed(model.id)

    def facts(self, actor: Actor) -> Any:
        return None

    def holders(self, thing: Any) -> Condition:
        return sa.true() if self.check(SYSTEM, thing) else sa.false()

    @staticmethod
    def _signed(vote_id: Any) -> Condition:
        of = sa.orm.aliased(Scrutineer)
        return sa.exists().where(of.vote_id == vote_id, of.signed_at.is_not(None))


unsigned = _Unsigned()
reading_in = VoteDuring(S.OPEN, S.CLOSED, reason=N_("已经开始计票，或者表决终止了，票封存，不再录。"))
before_count = VoteDuring(
    S.OPEN, S.CLOSED, reason=N_("投票开始以后、开箱计票以前才能提。结果公示期间可以提异议。")
)
letters_taken = VoteDuring(
    *VOTING, before="closes_at", reason=N_("表决公告以后、投票截止以前才收委托书、核对和收回。")
)
told_of = VoteDuring(*VOTING, before="closes_at", reason=N_("公告以后、截止以前才用登记。"))
hands_change = VoteDuring(*VOTING, before="closes_at", reason=N_("公告以后、投票截止以前才登记过户。"))
named_in_time = VoteDuring(
    *ROLL_STANDS, before="closes_at", reason=N_("名册公示以后、投票截止以前才能登记。")
)
decided_in_time = VoteDuring(*ROLL_STANDS, S.CLOSED, reason=N_("已经开始计票，不能再改。"))
lists_open = VoteDuring(*BEFORE_NOTICE, reason=N_("名单已经公告，不能再改。"))
lists_left = VoteDuring(*LEAVING, reason=N_("已经开始投票或者已经结束，候选人名单不能再变。"))
roll_hangs = VoteDuring(S.ROLL_POSTED, reason=N_("名册公示期间、异议成立了，才用写明为什么不改。"))
signed_now = VoteDuring(*SIGNING, reason=N_("唱票计票的时候才签字。"))
box_closed = VoteDuring(S.CLOSED, reason=N_("截止以后、开箱计票以前才封箱记数。"))
