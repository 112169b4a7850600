"""Looking at who was put forward: on the paper, or not and why; two that are one."""

import sqlalchemy as sa

from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid, NotVisible
from ...core.text import _
from .. import rules
from ..events import NomineeAdmitted, NomineeMerged, NomineeRefused
from ..lifecycle import NOMINEE
from ..models import Nomination, Nominee
from ..policy import Can
from ..words import NomineeState
from .standing import another_name


@action(Can.REVIEW)
def admit_nominee(actor: Actor, nominee: Nominee, *, about: str, seen: int | None = None) -> None:
    """Put somebody on the paper with one line about him; what was said of him until now is shown to everybody.

    `seen`: how many nominations the reviewer had before him. Raises Conflict where there are others by now, and without
    the nominee's consent.
    """
    _impartial(actor, nominee)
    if seen is not None and seen != nominee.nominators:
        raise Conflict(_("刚又有人提名他，请看过新的理由再审核。"))
    if len(about.strip()) > rules.LONGEST_NOTE:
        raise Invalid(_("票上的介绍最多 %(most)d 个字。", most=rules.LONGEST_NOTE), "about")
    nominee.about = rules.note(about)
    nominee.reviewed_by_id, nominee.reviewed_at = actor.id, actor.now
    NOMINEE.move(actor, nominee, NomineeAdmitted(nominee.id))
    read = sa.update(Nomination).where(Nomination.nominee_id == nominee.id)
    db.session.execute(read.values(shown=True))


@action(Can.REVIEW)
def refuse_nominee(actor: Actor, nominee: Nominee, *, reason: str) -> None:
    """Leave somebody out; he and who put him forward read why. Raises Invalid without the reason."""
    _impartial(actor, nominee)
    if not reason.strip():
        raise Invalid(_("请写明为什么，本人和提名的人看得到。"), "reason")
    nominee.refused_because = reason.strip()
    nominee.reviewed_by_id, nominee.reviewed_at = actor.id, actor.now
    NOMINEE.move(actor, nominee, NomineeRefused(nominee.id))


@action(Can.MERGE)
def merge_nominee(actor: Actor, nominee: Nominee, *, into_id: int) -> None:
    """Two entries are one person or group: the nominations go over, everybody counted once.

    Raises Invalid for an entry of another category or that was decided already.
    """
    _impartial(actor, nominee)
    into = db.session.get(Nominee, into_id)
    if into is None or into.category_id != nominee.category_id:
        raise NotVisible()
    lock(into)
    if into.id == nominee.id or into.state not in (NomineeState.PROPOSED, NomineeState.ADMITTED):
        raise Invalid(_("请选同一个奖项里另一个等审核或者入围的候选。"), "into_id")
    if nominee.user_id and into.user_id and nominee.user_id != into.user_id:
        raise Conflict(_("这两个候选是两个账号，不是同一个。"))
    NOMINEE.move(actor, nominee, NomineeMerged(nominee.id, into.id))
    nominee.merged_into_id = into.id
    _take_over(nominee, into)


def _impartial(actor: Actor, nominee: Nominee) -> None:
    if nominee.user_id is None:
        another_name(actor, nominee.name)


def _take_over(nominee: Nominee, into: Nominee) -> None:
    there = sa.select(Nomination.by_id).where(Nomination.nominee_id == into.id, Nomination.by_id.is_not(None))
    known = set(db.session.scalars(there))
    moved = db.session.scalars(sa.select(Nomination).where(Nomination.nominee_id == nominee.id)).all()
    for nomination in moved:
        if nomination.by_id not in known:
            nomination.nominee_id = into.id
            nomination.shown = into.state is NomineeState.ADMITTED
            into.nominators += 1
            nominee.nominators -= 1
    into.user_id = into.user_id or nominee.user_id
    into.contact = "" if into.user_id else into.contact or nominee.contact
    if into.consent_at is None and nominee.consent_at is not None:
        into.consent_at, into.consent_by_id = nominee.consent_at, nominee.consent_by_id
        into.consent_how, into.named = nominee.consent_how, nominee.named
