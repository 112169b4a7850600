"""Putting somebody forward, and his own word about it."""

from typing import NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.names import phone as read_phone
from ...core.access import under
from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.alike import known_as
from ...core.db import db
from ...core.errors import Conflict, Invalid, Unmet
from ...core.eventlog import record
from ...core.telling import reveals
from ...core.text import _
from .. import rules
from ..events import ConsentRecorded, NamingSaid, NomineeConsented, NomineeDeclined, NomineeNominated
from ..lifecycle import NOMINEE, before_the_vote
from ..models import Award, AwardCategory, Nomination, Nominee
from ..policy import Can
from ..words import NomineeState, Whom
from .announcing import category_of
from .standing import another_name

N = NomineeState


class Put(NamedTuple):
    """Who is put forward and why. `phone`: to find his account by, or for staff to reach him."""

    category_id: int
    name: str
    where: str
    reason: str
    phone: str = ""
    himself: bool = False
    """The nominator means himself, or the group he speaks for."""


@action(Can.NOMINATE)
def nominate(actor: Actor, award: Award, *, put: Put, once: str) -> Nominee:
    """Put a person or group forward. Who was put forward before is the same nominee, with one nominator more.

    Whether a phone belongs to an account is not told. The same `once` again returns the first. Raises Invalid with
    the field, Conflict for a second nomination of the same or for one that was decided already.
    """
    if known := made(Nomination, once, written_by_id=actor.id):
        return db.session.get_one(Nominee, known.nominee_id)
    own = sa.select(sa.func.count()).where(Nomination.award_id == award.id, Nomination.by_id == actor.id)
    if (db.session.scalar(own) or 0) >= rules.MOST_EACH:
        raise Conflict(
            Unmet(_("每人最多提 %(most)d 个候选。", most=rules.MOST_EACH), f"/awards/{award.id}#nominees")
        )
    nominee = _found_or_new(actor, award, put, actor.id if put.himself else None)
    mine = sa.select(Nomination.id).where(Nomination.nominee_id == nominee.id, Nomination.by_id == actor.id)
    if db.session.scalar(mine) is not None:
        raise Conflict(Unmet(_("您已经提过这个候选了，一人提一次。"), f"/nominees/{nominee.id}"))
    _written(actor, award, nominee, put, once, by_id=actor.id)
    his_own = put.himself and nominee.user_id == actor.id
    if his_own and actor.entered_by is None and nominee.consent_at is None:
        nominee.consent_at, nominee.consent_by_id = actor.now, actor.id
    return nominee


@action(Can.NOMINATE_FOR)
def nominate_for(actor: Actor, award: Award, *, put: Put, spoken_for: str, once: str) -> Nominee:
    """Write down at the counter whom somebody without an account puts forward. Raises like `nominate`."""
    if known := made(Nomination, once, written_by_id=actor.id):
        return db.session.get_one(Nominee, known.nominee_id)
    if not spoken_for.strip():
        raise Invalid(_("请写来提名的人的姓名。"), "spoken_for")
    another_name(actor, put.name)
    nominee = _found_or_new(actor, award, put, None)
    same = sa.select(Nomination.spoken_for).where(
        Nomination.nominee_id == nominee.id, Nomination.by_id.is_(None)
    )
    if known_as(spoken_for) in map(known_as, db.session.scalars(same)):
        raise Conflict(Unmet(_("这个人已经提过这个候选了，一人提一次。"), f"/nominees/{nominee.id}"))
    _written(actor, award, nominee, put, once, spoken_for=spoken_for.strip())
    return nominee


@action(Can.CONSENT)
def consent(actor: Actor, nominee: Nominee, *, named: bool) -> None:
    """Say that one stands; `named`: whether the public page of a certificate may give the name in full."""
    _before_vote(actor, nominee)
    nominee.named = named
    if nominee.consent_at is None:
        nominee.consent_at, nominee.consent_by_id = actor.now, actor.id
        record(actor, nominee, NomineeConsented(nominee.id))


@action(Can.BE_NAMED)
def be_named(actor: Actor, nominee: Nominee, *, named: bool) -> None:
    """Say at any time whether the public page of a certificate may give the name in full. Staff say it for those
    without an account alone."""
    if nominee.named is not named:
        nominee.named = named
        record(actor, nominee, NamingSaid(nominee.id, named))


@action(Can.DECLINE)
def decline(actor: Actor, nominee: Nominee) -> None:
    """Do not stand. Raises Conflict once the papers are out."""
    NOMINEE.move(actor, nominee, NomineeDeclined(nominee.id))


@action(Can.RECORD_CONSENT)
def record_consent(actor: Actor, nominee: Nominee, *, how: str, agreed: bool, named: bool = False) -> None:
    """Write down what somebody without an account said, and how. Raises NotAllowed for one's own name."""
    another_name(actor, nominee.name)
    if not how.strip():
        raise Invalid(_("请写他是怎么说的，例如哪天、电话里还是当面。"), "how")
    _before_vote(actor, nominee)
    nominee.consent_how = how.strip()
    if not agreed:
        NOMINEE.move(actor, nominee, NomineeDeclined(nominee.id))
        return
    nominee.named = named
    nominee.consent_at, nominee.consent_by_id = actor.now, actor.id
    record(actor, nominee, ConsentRecorded(nominee.id))


def _before_vote(actor: Actor, nominee: Nominee) -> None:
    if unmet := tuple(before_the_vote(nominee, actor)):
        raise Conflict(*unmet)


def _found_or_new(actor: Actor, award: Award, put: Put, user_id: int | None) -> Nominee:
    """`user_id`: of the nominator who means himself. An account is bound to what others put forward only where it bears
    the name; for a group that they named nobody speaks by saying so, staff ask it.
    """
    category = category_of(award, put.category_id)
    _check(category, put)
    own = db.session.get_one(User, user_id).name if user_id is not None else put.name
    if category.whom is Whom.PERSON and not rules.named_alike(put.name, own):
        raise Invalid(_("提自己要写账号上的姓名。提别人就不要勾“我提的是自己”。"), "name")
    phone = read_phone(put.phone)
    if user_id is None and phone:
        user_id = _account(actor, category, put.name, phone)
    known = _same(category, put, user_id)
    if known is None:
        return _new(actor, award, category, put, user_id, phone or "")
    if known.state in (N.REFUSED, N.DECLINED):
        raise Conflict(Unmet(_("这个候选已经有结果了，不能再提。"), f"/awards/{award.id}#nominees"))
    if category.whom is Whom.PERSON:
        known.user_id = known.user_id or user_id
    return known


def _check(category: AwardCategory, put: Put) -> None:
    if category.dropped_because:
        raise Invalid(_("这个奖项这次不评了。"), "category_id")
    if len(known_as(put.name)) < 2:
        raise Invalid(_("请写姓名或者集体的名字。"), "name")
    for field in ("where", "reason"):
        if not getattr(put, field).strip():
            raise Invalid(_("这一项要填。"), field)
    for field in ("name", "where", "reason"):
        if reveals(getattr(put, field)):
            raise Invalid(_("不要写手机号、身份证号，这里写的大家会看到。"), field)


def _account(actor: Actor, category: AwardCategory, name: str, phone: str) -> int | None:
    """Whose phone it is, if it is his name too; of a group, whoever speaks for it."""
    found = sa.select(User.id, User.name).where(
        User.phone == phone, User.closed_at.is_(None), under(User.place_path, actor.community)
    )
    row = db.session.execute(found).first()
    if row is None or (category.whom is Whom.PERSON and not rules.named_alike(row.name, name)):
        return None
    return int(row.id)


def _same(category: AwardCategory, put: Put, user_id: int | None) -> Nominee | None:
    """Who was put forward before and is certainly the same."""
    found = sa.select(Nominee).where(Nominee.category_id == category.id, Nominee.state != N.MERGED)
    for other in db.session.scalars(found.order_by(Nominee.id)):
        by_account = user_id is not None and other.user_id == user_id and category.whom is Whom.PERSON
        apart = user_id is not None and other.user_id is not None and other.user_id != user_id
        if by_account or (not apart and rules.one_and_the_same(put.name, put.where, other.name, other.where)):
            return other
    return None


def _new(
    actor: Actor, award: Award, category: AwardCategory, put: Put, user_id: int | None, phone: str
) -> Nominee:
    nominee = Nominee(
        award_id=award.id,
        category_id=category.id,
        place_path=award.place_path,
        name=" ".join(put.name.split()),
        where=" ".join(put.where.split()),
        user_id=user_id,
        contact="" if user_id else phone,
        about=rules.note(put.reason),
        created_at=actor.now,
        moved_at=actor.now,
    )
    store(nominee)
    return nominee


def _written(
    actor: Actor,
    award: Award,
    nominee: Nominee,
    put: Put,
    once: str,
    *,
    by_id: int | None = None,
    spoken_for: str = "",
) -> None:
    assert actor.id is not None
    store(
        Nomination(
            nominee_id=nominee.id,
            award_id=award.id,
            by_id=by_id,
            spoken_for=spoken_for,
            written_by_id=actor.id,
            reason=put.reason.strip(),
            at=actor.now,
            once=once,
        )
    )
    nominee.nominators += 1
    record(actor, nominee, NomineeNominated(nominee.id))
