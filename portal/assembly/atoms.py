"""Rules of access that only an owners' vote has: who speaks for a head, stands on the roll, watches the count, and in
which state the vote is that a paper belongs to."""

from typing import Any

import sqlalchemy as sa

from ..core.access import YES, Condition, Rule, Verdict
from ..core.actor import SYSTEM, Actor
from ..core.atoms import dated, during, having, role
from ..core.db import db
from ..core.entered import Entered
from ..core.text import N_
from .election_words import PUT_FORWARD, CandidateState
from .models.counts import Scrutineer
from .models.elections import Candidate
from .models.papers import BoxCount
from .models.rolls import Speaker, stands
from .models.votes import OwnersVote
from .words import BatchState

convenes = role(
    "secretary", "social_worker", "committee_chair", reason=N_("业主大会由业委会主任或社区来召集和办理。")
)
secretary = role("secretary", "committee_chair", reason=N_("这一步由业委会主任或社区书记来办。"))
staff = role(
    "secretary", "social_worker", "grid_worker", "committee_chair", "committee_member",
    reason=N_("送达、上门和录票由社区和业委会的人来办。"),
)  # fmt: skip


def _owns(speaker: Any) -> Condition:
    condition: Condition = speaker.owner_id.is_not(None)
    return condition


without_topic = dated("topic_id", N_("这次表决是从议题来的，请到议题里说。"), there=False)


class OfTwo(Rule):
    """The head that the thing is about has two owners (`owners` on the row of a page)."""

    reason = N_("共有人超过两位，请另一位工作人员对照推选书核对。")

    def check(self, actor: Actor, thing: Any) -> Verdict:
        owners = getattr(thing, "owners", None)
        if owners is None:
            owners = db.session.scalar(self._owners(thing.voter_id))
        return YES if owners == 2 else Verdict(False, self.reason)

    def clause(self, actor: Actor, model: Any) -> Condition:
        return self._owners(model.voter_id).scalar_subquery() == 2

    def facts(self, actor: Actor) -> Any:
        return None

    def holders(self, thing: Any) -> Condition:
        return sa.true() if self.check(SYSTEM, thing) else sa.false()

    @staticmethod
    def _owners(voter_id: Any) -> sa.Select[int]:
        of = sa.orm.aliased(Speaker)
        return sa.select(sa.func.count()).where(of.voter_id == voter_id, _owns(of))


def _named_in_time(scrutineer: Any) -> Condition:
    return sa.exists().where(OwnersVote.id == scrutineer.vote_id, OwnersVote.closes_at > scrutineer.named_at)


def _is_behind(candidate: Any) -> Condition:
    condition: Condition = candidate.state.in_([sa.literal(s, Candidate.state.type) for s in PUT_FORWARD])
    return condition


def _owners(reason: str, *, there: bool = True) -> Entered:
    """Owners of the head that the thing is about; or, `there` false, whoever has no part in it."""
    return Entered(
        Speaker.user_id,
        Speaker.voter_id,
        known="beside",
        by="voter_id",
        where=_owns,
        there=there,
        reason=reason,
    )


def _counted_never(by: str, known: str) -> Entered:
    return Entered(
        BoxCount.by_id,
        BoxCount.vote_id,
        known=known,
        by=by,
        there=False,
        reason=N_("三个数不一样的那一轮您数过，请没有数过的人来数。"),
    )


def _not_standing(by: str, reason: str) -> Entered:
    return Entered(
        Candidate.user_id,
        Candidate.vote_id,
        known="stands_for",
        by=by,
        where=_is_behind,
        there=False,
        reason=reason,
    )


def _not_standing_either(reason: str) -> tuple[Entered, Entered]:
    return _not_standing("id", reason), _not_standing("vote_id", reason)


speaks = Entered(
    Speaker.user_id,
    Speaker.voter_id,
    known="speaks",
    where=stands,
    reason=N_("您不在这套房屋的业主名册上，可以看、可以说话，不能投。"),
)
"""Owner, co-owner, guardian, heir, whom an organisation sends."""
on_roll = Entered(
    Speaker.user_id, Speaker.vote_id, known="mine", where=stands, reason=N_("名册上的业主才能提名。")
)
stands_by = Entered(
    Scrutineer.user_id,
    Scrutineer.vote_id,
    known="stands_by",
    reason=N_("逐票的记录只给核票的人看：社区书记、业委会主任、计票人和监票人。"),
)
watches = Entered(
    Scrutineer.user_id,
    Scrutineer.vote_id,
    known="watches",
    by="vote_id",
    where=_named_in_time,
    reason=N_("由工作人员，或者截止以前登记的监票人再数一遍。"),
)
"""The same, of something that belongs to the vote, and named before it closed: whoever knows already how many papers
are missing finds no friend to count them."""
counted_never, counted_never_there = _counted_never("id", "counted_box"), _counted_never("vote_id", "counted")
"""Whoever knows three numbers that differ, one of them his own, is nobody to state or agree on a fourth."""
not_standing, not_standing_there = _not_standing_either(N_("您是这次选举的候选人，选票请别人来录。"))
"""Nobody reads in the papers that elect him: asked of the vote, and of what belongs to it."""
no_candidate, no_candidate_there = _not_standing_either(N_("您是这次选举的候选人，这一步请别人来办。"))
"""Nor takes a step that his own election depends on."""
not_of_the_head = Entered(
    Speaker.user_id,
    Speaker.voter_id,
    known="own_head",
    there=False,
    reason=N_("这一户您自己也有份，别的共有人的票请另一位工作人员代录。"),
)
"""Who enters a ballot at the desk has no part of his own in it."""
not_his_home = Entered(
    Speaker.user_id,
    Speaker.voter_id,
    known="own_head",
    there=False,
    reason=N_("这是您自己的房屋，请别的召集人来登记。"),
)
"""Who enters that a home changed hands has no part of his own in it."""
not_the_givers = Entered(
    Speaker.user_id,
    Speaker.voter_id,
    known="gives",
    by="voter_id",
    there=False,
    reason=N_("这份委托书请另一位召集人来核对。"),
)
"""Whoever gives a letter does not check it."""
gave = Entered(
    Speaker.user_id,
    Speaker.voter_id,
    known="gave",
    by="voter_id",
    where=stands,
    reason=N_("只有委托人自己能收回。他书面要求的，召集人写明理由、两个人核对以后替他收回。"),
)
"""Whoever speaks for the head that a letter of authority is from."""
gives = _owners(N_("只有委托人、代理人和工作人员能看。"))
owns_with = _owners(N_("这套房屋的业主才能提。"))
of_two = OfTwo()
apart = _owners(N_("您自己是这套房屋的业主，请别的召集人来决定。"), there=False)
waits = during(CandidateState.NOMINATED, reason=N_("这次提名已经办完了。"))
filling = having("state", BatchState.FIRST, reason=N_("第一遍已经录完了。"))
