"""How an award and a nominee move. Hours are columns that guards read, never a state."""

from collections.abc import Iterable

import sqlalchemy as sa

from ..core import clock
from ..core.actor import Actor
from ..core.db import db
from ..core.errors import Unmet
from ..core.lifecycle import Lifecycle, Move
from ..core.text import _
from ..voting.models import Poll
from ..voting.words import PollState
from . import events as e
from . import rules
from .models import Award, AwardCategory, Nominee
from .policy import Can
from .words import BEFORE_VOTE, AwardState, NomineeState

S, N = AwardState, NomineeState


def hour_passed(award: Award, _actor: Actor) -> Iterable[Unmet]:
    """Nobody closes the nominations early."""
    if clock.now() < award.nominate_until:
        yield Unmet(_("还没到提名的截止时间。"), f"/awards/{award.id}")


def all_reviewed(award: Award, _actor: Actor) -> Iterable[Unmet]:
    """Nobody is left out because nobody looked."""
    waiting = sa.select(sa.func.count()).where(Nominee.award_id == award.id, Nominee.state == N.PROPOSED)
    left = db.session.scalar(waiting) or 0
    if left:
        yield Unmet(
            _("还有 %(n)d 个候选没有审核，先审核完。", n=left), f"/awards/{award.id}/nominees?state=proposed"
        )


def enough_to_choose(award: Award, _actor: Actor) -> Iterable[Unmet]:
    """More names than places, and no more than a paper holds."""
    found = sa.select(AwardCategory.name, AwardCategory.places, sa.func.count(Nominee.id)).outerjoin(
        Nominee, sa.and_(Nominee.category_id == AwardCategory.id, Nominee.state == N.ADMITTED)
    )
    held = found.where(AwardCategory.award_id == award.id, AwardCategory.dropped_because == "")
    rows = db.session.execute(held.group_by(AwardCategory.id).order_by(AwardCategory.position)).all()
    if not rows:
        yield Unmet(_("奖项都取消了，没有可以投的。可以取消这次评选。"), f"/awards/{award.id}/cancelling")
    for name, places, admitted in rows:
        if rules.lacking(admitted, places):
            yield Unmet(
                _("“%(name)s”入围 %(n)d 个，要比名额 %(places)d 个多，才有得选。可以延长提名，或者这次不评这一项。",
                  name=name, n=admitted, places=places),
                f"/awards/{award.id}/extension",
            )  # fmt: skip
        if admitted > rules.MOST_ADMITTED:
            yield Unmet(
                _("“%(name)s”入围 %(n)d 个，一张票最多写 %(most)d 个。",
                  name=name, n=admitted, most=rules.MOST_ADMITTED),
                f"/awards/{award.id}/nominees?state=admitted",
            )  # fmt: skip


def all_counted(award: Award, _actor: Actor) -> Iterable[Unmet]:
    """Every category has its certified poll."""
    open_ = sa.select(AwardCategory.name).where(
        AwardCategory.award_id == award.id,
        AwardCategory.dropped_because == "",
        AwardCategory.counted_at.is_(None),
    )
    for name in db.session.scalars(open_.order_by(AwardCategory.position)):
        yield Unmet(_("“%(name)s”的票还没有核定。", name=name), f"/awards/{award.id}")


def posting_over(award: Award, actor: Actor) -> Iterable[Unmet]:
    if award.posted_until is None or actor.now < award.posted_until:
        yield Unmet(_("公示期还没满，不能提前确认。"), f"/awards/{award.id}")


def objections_answered(award: Award, _actor: Actor) -> Iterable[Unmet]:
    if award.objections_open:
        yield Unmet(
            _("还有 %(n)d 条异议没有答复，答复完才能确认。", n=award.objections_open),
            f"/awards/{award.id}#objections",
        )


def no_poll_running(award: Award, _actor: Actor) -> Iterable[Unmet]:
    """Papers are not thrown away behind the voters' backs: each poll is declared void first, with its reason."""
    held = sa.select(Poll.id, Poll.question).where(
        Poll.occasion == award.story, Poll.state != PollState.ANNULLED
    )
    for poll_id, question in db.session.execute(held.order_by(Poll.id)):
        yield Unmet(
            _("“%(question)s”还有票，先把这次投票作废，说明原因。", question=question),
            f"/polls/{poll_id}/annulment",
        )


def reason_given(award: Award, _actor: Actor) -> Iterable[Unmet]:
    if not award.because:
        yield Unmet(_("请写明为什么，大家都看得到。"), f"/awards/{award.id}/cancelling")


AWARD = Lifecycle(
    Award,
    AwardState,
    Move(e.NominationsClosed, Can.CLOSE_NOMINATIONS, (S.NOMINATING,), S.REVIEWING, (hour_passed,)),
    Move(e.NominationsExtended, Can.EXTEND, BEFORE_VOTE, S.NOMINATING),
    Move(e.AwardPutToVote, Can.OPEN_VOTE, (S.REVIEWING,), S.VOTING, (all_reviewed, enough_to_choose)),
    Move(e.AwardCounted, Can.COUNT, (S.VOTING,), S.COUNTED, (all_counted,)),
    Move(e.AwardPosted, Can.POST, (S.COUNTED,), S.POSTED),
    Move(e.AwardFinished, Can.FINISH, (S.POSTED,), S.HONOURED, (posting_over, objections_answered)),
    Move(
        e.AwardCancelled,
        Can.CANCEL,
        (S.NOMINATING, S.REVIEWING, S.VOTING),
        S.CANCELLED,
        (reason_given, no_poll_running),
    ),
)


def before_the_vote(nominee: Nominee, _actor: Actor) -> Iterable[Unmet]:
    """Once papers are out nobody comes or goes."""
    if db.session.get_one(Award, nominee.award_id).state not in BEFORE_VOTE:
        yield Unmet(_("投票已经开始，候选不能再变。"), f"/awards/{nominee.award_id}")


def consent_given(nominee: Nominee, _actor: Actor) -> Iterable[Unmet]:
    """Nobody is put on a paper without his own word."""
    if nominee.consent_at is None:
        yield Unmet(
            _("本人还没有同意参加。有账号的由本人在“我的”里答应，没有账号的先记下怎么同意的。"),
            f"/nominees/{nominee.id}",
        )


def room_on_paper(nominee: Nominee, _actor: Actor) -> Iterable[Unmet]:
    """Said at the review of the one too many, not when the vote is to open."""
    there = sa.select(sa.func.count()).where(
        Nominee.category_id == nominee.category_id, Nominee.state == N.ADMITTED
    )
    if (db.session.scalar(there) or 0) >= rules.MOST_ADMITTED:
        yield Unmet(
            _("这个奖项已经入围 %(most)d 个，一张票写不下更多了。", most=rules.MOST_ADMITTED),
            f"/awards/{nominee.award_id}/nominees?state=admitted",
        )


TO_ADMIT = (consent_given, room_on_paper)
"""What stands in the way of anybody's admission, whatever is written about him."""


def line_written(nominee: Nominee, _actor: Actor) -> Iterable[Unmet]:
    if not nominee.about:
        yield Unmet(_("请写票上介绍他的一句话。"), f"/nominees/{nominee.id}")


NOMINEE = Lifecycle(
    Nominee,
    NomineeState,
    Move(
        e.NomineeAdmitted,
        Can.REVIEW,
        (N.PROPOSED,),
        N.ADMITTED,
        (before_the_vote, consent_given, line_written, room_on_paper),
    ),
    Move(e.NomineeRefused, Can.REVIEW, (N.PROPOSED,), N.REFUSED, (before_the_vote,)),
    Move(e.NomineeMerged, Can.MERGE, (N.PROPOSED,), N.MERGED, (before_the_vote,)),
    Move(e.NomineeDeclined, Can.DECLINE, (N.PROPOSED, N.ADMITTED), N.DECLINED, (before_the_vote,)),
)
