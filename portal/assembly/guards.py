"""What stands in the way of each move of an owners' vote: a sentence and the page that cures it.

A rule of time, or of what comes before the vote, that cannot be kept may be overridden with a recorded reason
(`Override`); what makes a count wrong (a unit without area, objections without answer, papers not entered) never.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from ..core import clock
from ..core.actor import Actor
from ..core.db import db
from ..core.errors import Unmet
from ..core.text import N_, _
from ..councils import phases
from . import costs, enclosures
from .challenges import STILL_OPEN
from .count_guards import count_short, until
from .jurisdictions import pack
from .models.challenges import BallotChallenge
from .models.counts import Scrutineer
from .models.rolls import Speaker
from .models.votes import Matter, Override, OwnersVote, VoteObjection
from .roll.drawing import Drawn, Flawed, drawn_up
from .roll.ownerless import unstated
from .terms import full_days
from .upheld import unmended
from .wishes import course_of
from .words import Counter, ObjectionKind, Scope, Standing

OVERRIDABLE = {
    "talked": N_("表决前该开的会、该问的、该写的还没有做完。没谈透就表决，不同意的人会说没有问过他。"),
    "roll_days": N_("名册公示没有满规定的天数，法院可能因此撤销这次表决。"),
    "notice_days": N_("公告到开始投票不到规定的天数，法院可能因此撤销这次表决。"),
    "count": N_("不公布时间地点就开箱，业主没法到场看；封了箱的票没有录完就计票，有人的票就没有算进去。"),
}
"""Rules that somebody may answer for not keeping: of time, of what comes before a vote that grew out of a topic, and of
counting in public what was sealed.
The sentence stands beside his reason."""
FLAW = {
    "ROLL_AREA_MISSING": N_("%(n)d 套房屋缺面积，补齐了才能列名册。"),
    "ROLL_DEVELOPER_UNKNOWN": N_("%(n)d 套没交付的房屋不知道归哪家建设单位，写明了才能列名册。"),
}


def paper_complete(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """There is something to vote on."""
    if not db.session.scalar(sa.select(sa.func.count()).where(Matter.vote_id == vote.id)):
        yield Unmet(_("表决票上还没有表决事项。"), f"/owners-votes/{vote.id}/matters/new")


def talked_through(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """A vote that grew out of a topic comes after the talk: what its matters usually go through first, or what somebody
    settled for this topic; its plan is written, opinions have their answers."""
    short = talk_short(vote)
    return () if short and overridden(vote, "talked") else short


def talk_short(vote: Any) -> list[Unmet]:
    """What the topic still lacks; nothing for a vote that grew out of none."""
    if vote.topic_id is None:
        return []
    paper = sa.select(Matter.wish, Matter.item).where(Matter.vote_id == vote.id)
    courses = {course_of(*matter) for matter in db.session.execute(paper)}
    return phases.lacking(phases.of_topic(vote.topic_id), vote.topic_id, courses)


def roll_can_be_made(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """Somebody is on the roll, every unit of the scope has an area, every undelivered unit a known developer, and
    every other one an owner or a reason why nobody knows him."""
    drawn = drawn_up(vote)
    cure = f"/owners-votes/{vote.id}/roll"
    if isinstance(drawn, Flawed):
        yield Unmet(_(FLAW[drawn.reason], n=len(drawn.parts)), cure)
    elif not drawn.heads:
        yield _nobody(vote, drawn)
    elif n := len(unstated(vote, drawn)):
        sentence = _("%(n)d 套房屋登记簿上没有业主。请登记业主；查不到的，写明业主不明的理由。", n=n)
        yield Unmet(sentence, f"{cure}/unknown")


def _nobody(vote: OwnersVote, drawn: Drawn) -> Unmet:
    """Nobody would be on the roll: an underground garage has parking spaces alone, which the rules may leave out."""
    edit = f"/owners-votes/{vote.id}/edit"
    if drawn.left_out:
        return Unmet(
            _(
                "“%(scope)s”里只有车位。这次车位的面积和人数不算，名册上就没有人。请换个范围；"
                "议事规则规定车位也算的，在规则里勾上“车位的面积和人数也算”。",
                scope=vote.scope_label,
            ),
            edit,
        )
    return Unmet(
        _(
            "登记簿里“%(scope)s”没有登记房屋，名册上一个人也没有。请换个范围，或者先登记房屋。",
            scope=vote.scope_label,
        ),
        edit,
    )


def scope_proven(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """Why just these buildings decide can be looked up (民法典 art. 281: a fund is spent for what is common)."""
    if vote.scope is Scope.FUND and not enclosures.is_proven(vote):
        yield Unmet(
            _("列支范围要有凭据：请附上维修资金分户账、图纸或者照片。"), f"/owners-votes/{vote.id}/edit"
        )


def costs_shared(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """Every owner can be told what falls on him, and the tables are of today's register."""
    cure = f"/owners-votes/{vote.id}/shares"
    for worked, stale in costs.of_vote(vote):
        number = worked.matter.position + 1
        if worked.gap.parts:
            yield Unmet(
                _(
                    "第 %(n)d 项：%(units)d 套房屋没有楼层，算不出分摊。",
                    n=number,
                    units=len(worked.gap.parts),
                ),
                cure,
            )
        elif worked.gap.nobody:
            yield Unmet(_("第 %(n)d 项：系数都是 0，没有人分摊。", n=number), cure)
        elif worked.gap:
            yield Unmet(_("第 %(n)d 项：系数表里缺楼层，算不出分摊。", n=number), cure)
        elif stale:
            yield Unmet(_("第 %(n)d 项：登记簿里的楼层后来有改动，请重新算分摊。", n=number), cure)


def roll_hung_out(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    if (short := roll_short(vote)) and not overridden(vote, "roll_days"):
        yield short


def roll_objections_settled(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """Every one has its answer; what was right is on a later version, or somebody stated why it need not be."""
    there = _objections(vote, ObjectionKind.ROLL)
    yield from _waiting(vote, there.waiting)
    if n := there.unmended:
        sentence = _(
            "%(n)d 条对名册的异议成立了，名册还没有更正。请更正名册、重新公示；确实不用改的，写明理由。", n=n
        )
        yield Unmet(sentence, f"/owners-votes/{vote.id}/objections")


def notice_long_enough(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """At least `notice_days` full days between this notice and the opening (物业管理条例 art. 14: 15 days)."""
    if (short := notice_short(vote)) and not overridden(vote, "notice_days"):
        yield short


def roll_short(vote: Any) -> Unmet | None:
    """The roll has not hung out long enough; nothing but time cures it."""
    if vote.roll_until and clock.now() < vote.roll_until:
        return Unmet(_("名册要公示到%(day)s。", day=until(vote.roll_until)))
    return None


def notice_short(vote: Any) -> Unmet | None:
    """The opening hour is too near; a later one cures it."""
    days = full_days(clock.now(), vote.opens_at)
    if days >= vote.notice_days:
        return None
    return Unmet(
        _(
            "公告到开始投票至少 %(least)d 天，现在只有 %(days)d 天。请把投票时间往后改，或者写明理由。",
            least=vote.notice_days,
            days=days,
        ),
        f"/owners-votes/{vote.id}/edit",
    )


def counted_in_public(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """The box is opened where and when everybody was told, with all papers in hand that were sealed."""
    short = count_short(vote)
    return () if short and overridden(vote, "count") else short


SHORT = {
    "talked": talk_short,
    "roll_days": roll_short,
    "notice_days": notice_short,
    "count": count_short,
}
"""Whether a rule is not kept today, answered for or not."""


def hour_has_come(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    if clock.now() < vote.opens_at:
        yield Unmet(_("还没到公告上的投票时间。"))


def hours_left(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """What kept the vote from opening has not eaten up its hours: nobody is called to a vote that is over, or that is
    shorter than the place allows."""
    now, cure = clock.now(), f"/owners-votes/{vote.id}/postponement"
    least = pack(vote.jurisdiction).least_open_days
    if now >= vote.closes_at:
        yield Unmet(_("公告的投票时间已经过去了，没有开始投票。请改期，重新公告时间。"), cure)
    elif days_late(vote, now) and vote.closes_at - now < timedelta(days=least):
        yield Unmet(
            _("离截止不到 %(days)d 天，不够当地规定的投票时间。请改期，重新公告时间。", days=least), cure
        )


def days_late(vote: OwnersVote, now: datetime) -> int:
    """Full days since the announced opening; a tick that comes a minute after the hour is not late."""
    return max((now - vote.opens_at).days, 0)


def hour_has_passed(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """Nobody closes a vote early."""
    if clock.now() < vote.closes_at:
        yield Unmet(_("还没到截止时间，不能提前截止。"))


def challenges_settled(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """What an owner said of a ballot that staff entered in his name is answered before it is counted."""
    still = sa.select(BallotChallenge.id).where(
        BallotChallenge.vote_id == vote.id, BallotChallenge.fate.in_(STILL_OPEN)
    )
    for challenge_id in db.session.scalars(still.order_by(BallotChallenge.id)):
        yield Unmet(_("业主说有一张代录的票不对，还没有办完。"), f"/ballot-challenges/{challenge_id}")


def speakers_settled(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """What an owner objected to is decided before papers are sorted by it."""
    halted = sa.select(Speaker.voter_id).where(
        Speaker.vote_id == vote.id, Speaker.standing == Standing.SUSPENDED
    )
    for voter_id in db.session.scalars(halted.order_by(Speaker.id)):
        yield Unmet(_("业主对替他投票的人有异议，还没有决定。"), f"/voters/{voter_id}/speakers")


def scrutineers_named(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """Two people watch and one counts at least."""
    return _table(vote)


def count_signed(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """By all who count and watch, and they are enough."""
    return _table(vote, signed=True)


def _table(vote: OwnersVote, *, signed: bool = False) -> Iterable[Unmet]:
    cure = f"/owners-votes/{vote.id}/count"
    unsigned = sa.func.count().filter(Scrutineer.signed_at.is_(None))
    named = sa.select(Scrutineer.role, sa.func.count().label("n"), unsigned.label("unsigned"))
    lines = db.session.execute(named.where(Scrutineer.vote_id == vote.id).group_by(Scrutineer.role)).all()
    there = {line.role: line.n for line in lines}
    if there.get(Counter.SCRUTINEER, 0) < 2 or there.get(Counter.TELLER, 0) < 1:
        yield Unmet(_("计票要有至少两位监票人和一位计票人。"), cure)
    if signed and (n := sum(line.unsigned for line in lines)):
        yield Unmet(_("还有 %(n)d 位计票监票人没有签字。", n=n), cure)


def result_hung_out(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    if vote.objections_until and clock.now() < vote.objections_until:
        yield Unmet(_("初步结果要公示到%(day)s。", day=until(vote.objections_until)))


def result_objections_settled(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """Every one has its answer, and what was right was followed by another count and another posting."""
    there = _objections(vote, ObjectionKind.RESULT)
    yield from _waiting(vote, there.waiting)
    if n := there.unmended:
        sentence = _("%(n)d 条对结果的异议成立了，结果还没有更正。请重新数票、重新公示，再公布。", n=n)
        yield Unmet(sentence, f"/owners-votes/{vote.id}/preliminary/again")


def overridden(vote: OwnersVote, rule: str) -> bool:
    """Whether somebody answered for not keeping a rule."""
    return db.session.get(Override, (vote.id, rule)) is not None


def unanswered(vote: OwnersVote, kind: ObjectionKind) -> Iterable[Unmet]:
    """Objections of a kind that still wait for their answer."""
    return _waiting(vote, _objections(vote, kind).waiting)


def _waiting(vote: OwnersVote, n: int) -> Iterable[Unmet]:
    if n:
        yield Unmet(_("还有 %(n)d 条异议没有答复。", n=n), f"/owners-votes/{vote.id}/objections")


def _objections(vote: OwnersVote, kind: ObjectionKind) -> Any:
    """How many of a kind wait for their answer, and how many were upheld without what has to follow; one query."""
    found = sa.select(
        sa.func.count().filter(VoteObjection.answered_at.is_(None)).label("waiting"),
        sa.func.count().filter(unmended()).label("unmended"),
    )
    return db.session.execute(found.where(VoteObjection.vote_id == vote.id, VoteObjection.kind == kind)).one()
