"""The names hang out: objections, what was found about them, who gives an honour up, and who follows."""

import sqlalchemy as sa

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid, Unmet
from ...core.eventlog import record
from ...core.telling import reveals
from ...core.text import _
from .. import rules
from ..events import (
    AwardObjectionAnswered,
    AwardObjectionRaised,
    AwardPosted,
    AwardPostedAnew,
    HonourRenounced,
)
from ..lifecycle import AWARD
from ..models import Award, AwardCategory, AwardCertificate, AwardObjection, Nominee
from ..policy import Can
from ..rules import Standing
from ..words import RANKED, AwardState, NomineeState, Verdict


@action(Can.POST)
def post_names(actor: Actor, award: Award) -> None:
    """Hang the names out for the announced days."""
    _hang_out(actor, award)
    counted = sa.select(sa.func.count()).where(Nominee.award_id == award.id, Nominee.honoured)
    AWARD.move(actor, award, AwardPosted(award.id, db.session.scalar(counted) or 0))


@action(Can.OBJECT)
def object_to_name(actor: Actor, award: Award, *, nominee_id: int, reason: str, once: str) -> AwardObjection:
    """Say why somebody should not be honoured. The same `once` again returns the first objection.

    Raises Invalid for somebody whose name does not hang out, Conflict while an objection of the same person to him
    still waits for its answer.
    """
    if known := made(AwardObjection, once, author_id=actor.id):
        return known
    nominee = db.session.get(Nominee, nominee_id)
    if nominee is None or nominee.award_id != award.id or not nominee.honoured:
        raise Invalid(_("请选公示名单里的一个。"), "nominee_id")
    if not reason.strip():
        raise Invalid(_("请写清楚是什么事，越具体越好查。"), "reason")
    if reveals(reason):
        raise Invalid(_("不要写手机号、身份证号，这里写的大家会看到。"), "reason")
    waiting = sa.select(AwardObjection.id).where(
        AwardObjection.nominee_id == nominee.id,
        AwardObjection.author_id == actor.id,
        AwardObjection.answered_at.is_(None),
    )
    if db.session.scalar(waiting):
        raise Conflict(
            Unmet(_("您上一条异议还在等答复，答复以后可以再提。"), f"/awards/{award.id}#objections")
        )
    assert actor.id is not None
    objection = AwardObjection(
        award_id=award.id,
        nominee_id=nominee.id,
        place_path=award.place_path,
        author_id=actor.id,
        reason=reason.strip(),
        raised_at=actor.now,
        once=once,
    )
    store(objection)
    award.objections_open += 1
    record(actor, objection, AwardObjectionRaised(objection.id))
    return objection


@action(Can.ANSWER)
def answer_name_objection(actor: Actor, objection: AwardObjection, *, verdict: Verdict, answer: str) -> None:
    """Answer with the reason, once. Where it is right, the name is struck out, the next follows if that was announced,
    and the list hangs out anew for all its days.

    Raises Invalid without the reason, Conflict if the posting is over and done.
    """
    page = f"/awards/{objection.award_id}#objections"
    if not answer.strip():
        raise Invalid(_("请写明查到什么、为什么这样答复。"), "answer")
    award = lock(db.session.get_one(Award, objection.award_id))
    if award.state is not AwardState.POSTED:
        raise Conflict(Unmet(_("这份名单不在公示中。"), page))
    objection.verdict, objection.answer = verdict, answer.strip()
    objection.answered_by_id, objection.answered_at = actor.id, actor.now
    award.objections_open -= 1
    record(actor, objection, AwardObjectionAnswered(objection.id, verdict))
    if verdict is Verdict.UPHELD:
        _strike_out(actor, award, db.session.get_one(Nominee, objection.nominee_id), answer.strip())


@action(Can.RENOUNCE)
def renounce(actor: Actor, nominee: Nominee) -> None:
    """Give up the honour one has won. Before the result is confirmed the next follows, if that was announced, and a
    list with a new name hangs out anew; afterwards the certificate is void. Raises Conflict before the count stands.
    """
    _renounced(actor, nominee)


@action(Can.RECORD_RENOUNCING)
def record_renouncing(actor: Actor, nominee: Nominee, *, how: str) -> None:
    """Write down that somebody without an account gives it up, and how he said so. Raises Invalid without the
    words."""
    if not how.strip():
        raise Invalid(_("请写他是怎么说的，例如哪天、电话里还是当面。"), "how")
    nominee.renounced_how = how.strip()
    _renounced(actor, nominee)


def _renounced(actor: Actor, nominee: Nominee) -> None:
    award = lock(db.session.get_one(Award, nominee.award_id))
    if award.state not in RANKED:
        raise Conflict(Unmet(_("票数核定以后才能放弃。"), f"/awards/{award.id}"))
    nominee.honoured, nominee.renounced_at = False, actor.now
    award.moved_at = actor.now
    record(actor, nominee, HonourRenounced(nominee.id))
    if award.state is AwardState.HONOURED:
        own = sa.select(AwardCertificate).where(AwardCertificate.nominee_id == nominee.id)
        for certificate in db.session.scalars(own.where(AwardCertificate.revoked_at.is_(None))):
            certificate.revoked_at, certificate.revoked_by_id = actor.now, actor.id
            certificate.revoked_because = _("本人放弃了这次荣誉。")
    elif _fill(award, nominee) and award.state is AwardState.POSTED:
        _anew(actor, award)


def _hang_out(actor: Actor, award: Award) -> None:
    award.posted_at = actor.now
    award.posted_until = rules.posted_until(actor.now, award.posting_days, award.posting_kind)


def _strike_out(actor: Actor, award: Award, nominee: Nominee, because: str) -> None:
    """Somebody who was struck out before is not struck out twice."""
    if not nominee.honoured:
        return
    nominee.honoured, nominee.removed_because = False, because
    _fill(award, nominee)
    _anew(actor, award)


def _fill(award: Award, nominee: Nominee) -> int:
    """Whoever follows moves up into the place of somebody; how many."""
    db.session.flush()
    category = db.session.get_one(AwardCategory, nominee.category_id)
    found = sa.select(Nominee).where(
        Nominee.category_id == category.id, Nominee.state == NomineeState.ADMITTED
    )
    stand = {n.id: n for n in db.session.scalars(found.order_by(Nominee.id))}
    standings = [
        Standing(n.id, n.title, n.votes or 0, n.honoured, bool(n.removed_because or n.renounced_at))
        for n in stand.values()
    ]
    moved = rules.followers(standings, category.places, award.ties, award.vacancy, award.order_seed)
    for follower in moved:
        stand[follower].honoured = True
    return len(moved)


def _anew(actor: Actor, award: Award) -> None:
    _hang_out(actor, award)
    award.moved_at = actor.now
    record(actor, award, AwardPostedAnew(award.id))
