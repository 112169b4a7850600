"""Who may put a question, vote, count and look."""

from typing import Any

import sqlalchemy as sa

from ..core.access import YES, Condition, Permission, Policy, Rule, Verdict
from ..core.actor import Actor
from ..core.atoms import SIGN_IN, anyone, before, during, having, in_person, role, the_portal
from ..core.db import db
from ..core.directory import directory
from ..core.text import N_
from ..councils.words import TopicState
from .models import Poll, PollVoter
from .words import COUNTED, PollState, Secrecy

S = PollState


class Can(Permission):
    SEE = "poll:see"
    DRAFT = "poll:draft"
    AMEND = "poll:amend"
    OPEN = "poll:open"
    CAST = "poll:cast"
    CLOSE = "poll:close"
    CERTIFY = "poll:certify"
    BREAK_TIE = "poll:break_tie"
    ANNUL = "poll:annul"
    SEE_RESULT = "poll:see_result"
    SEE_BALLOTS = "poll:see_ballots"
    SEE_TURNOUT = "poll:see_turnout"
    SEE_VOTER = "poll:see_voter"


class _OnRoll(Rule):
    """Stands on the frozen roll. A page's row brings the answer along as `rolled`; elsewhere it is asked for."""

    names_people = True
    reason = N_("您不在这次表态的名册上，可以看，不能投。")

    def check(self, actor: Actor, thing: Any) -> Verdict:
        if actor.id is None:
            return Verdict(False, SIGN_IN)
        rolled = getattr(thing, "rolled", None)
        if rolled is None:
            rolled = db.session.execute(_ROLLED, {"poll": thing.id, "user": actor.id}).first() is not None
        return YES if rolled else Verdict(False, self.reason)

    def clause(self, actor: Actor, model: Any) -> Condition:
        if actor.id is None:
            return sa.false()
        return model.id.in_(sa.select(PollVoter.poll_id).where(PollVoter.user_id == actor.id))  # type: ignore[no-any-return]

    def reaches(self, actor: Actor) -> bool:
        return actor.id is not None

    def facts(self, actor: Actor) -> Any:
        return actor.id

    def holders(self, thing: Any) -> Condition:
        rolled = sa.select(PollVoter.user_id).where(PollVoter.poll_id == thing.id)
        return directory.people.id.in_(rolled)  # type: ignore[no-any-return]


_ROLLED = sa.select(PollVoter.id).where(
    PollVoter.poll_id == sa.bindparam("poll"), PollVoter.user_id == sa.bindparam("user")
)

on_roll = _OnRoll()
secretary = role("secretary", reason=N_("这一步由社区书记来办。"))
staff = role("secretary", "social_worker", reason=N_("谁投了票，只有负责提醒的社区工作人员能看。"))
conducts = role("secretary", "committee_chair", reason=N_("表态由社区书记或业委会主任发起。"))
shown = during(S.OPEN, S.CLOSED, S.CERTIFIED, S.ANNULLED, reason=N_("这次表态还没开始。"))
drafted = during(S.DRAFT, reason=N_("表态已经开始，不能再改。"))
himself = (
    having(
        "secrecy",
        Secrecy.NAMED,
        reason=N_(
            "无记名的票只能本人投：代录的人会看到选了什么，就不是无记名了。可以到窗口用社区的手机或电脑自己投。"
        ),
    )
    | in_person
)

POLICY = Policy(
    {
        Can.SEE: shown | conducts,
        Can.DRAFT: conducts
        & during(TopicState.DELIBERATING, reason=N_("议题到了协商这一站，才能发起表态。")),
        Can.AMEND: conducts & drafted,
        Can.OPEN: conducts & drafted,
        Can.CAST: during(S.OPEN, reason=N_("投票已经结束，或者还没开始。"))
        & before("closes_at", N_("已经过了截止时间，不能再投了。"))
        & himself
        & on_roll,
        Can.CLOSE: (secretary | the_portal) & during(S.OPEN, reason=N_("这次表态不在投票中。")),
        Can.CERTIFY: secretary & during(S.CLOSED, reason=N_("截止以后才能核定，核定只有一次。")),
        Can.BREAK_TIE: secretary & during(S.CLOSED, reason=N_("截止以后、核定以前，才能处理票数相同。")),
        Can.ANNUL: secretary
        & during(S.DRAFT, S.OPEN, S.CLOSED, reason=N_("结果已经核定，不能再作废；有错可以重新表态。")),
        Can.SEE_RESULT: anyone & during(*COUNTED, reason=N_("截止以后才公布结果。")),
        Can.SEE_BALLOTS: secretary
        & during(S.CLOSED, S.CERTIFIED, reason=N_("截止以后才能核票。"))
        & having("secrecy", Secrecy.NAMED, reason=N_("无记名的票，谁也查不到是谁投的。")),
        Can.SEE_TURNOUT: staff & shown,
        Can.SEE_VOTER: staff,
    },
    sees={Poll: Can.SEE, PollVoter: Can.SEE_VOTER},
)
