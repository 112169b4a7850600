"""Grants: one member of staff asks with evidence, another one looks and gives; all of it or nothing."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from ...accounts.models import User
from ...core import files
from ...core.actions import action, made, store
from ...core.actor import Actor, system
from ...core.db import db
from ...core.errors import Invalid, NotAllowed
from ...core.eventlog import record, reference
from ...core.files import Kept
from ...core.text import _
from .. import caps, posting
from ..events import GrantAsked, GrantGiven, GrantRefused, KinDeclared
from ..models.ledger import Account
from ..models.programme import Pool, Programme, Rule
from ..models.thanks import Grant, Kin, Share
from ..policy import Can
from ..queries import people, table
from ..refusals import sound
from ..words import Approver, Deed, Evidence
from .earning import earn

MOST = 200
"""People of one grant."""


@action(Can.ASK_GRANT)
def ask_grant(
    actor: Actor, programme: Programme, *, deed: Deed, shares: Mapping[int, int], reason: str, once: str,
    photos: Sequence[Kept] = (),
) -> Grant:  # fmt: skip
    """Ask for points for some people. Raises Invalid for what is missing, for oneself, and where a limit would be
    crossed for anybody: nothing of it is kept then."""
    if found := made(Grant, once, asked_by_id=actor.id):
        return found
    rule = _rule(actor, programme, deed)
    _evidence(rule, reason, photos)
    if not 0 < len(shares) <= MOST:
        raise Invalid(_("请写 1 到 %(most)d 个人。", most=MOST), "people")
    if actor.id in shares:
        raise Invalid(_("不能给自己申请积分。"), "people")
    for user_id, amount in shares.items():
        _room(actor, programme, rule, user_id, sound(amount))
    grant = Grant(
        programme_id=programme.id,
        place_path=programme.place_path,
        deed=deed,
        reason=reason.strip(),
        asked_by_id=actor.id,
        asked_at=actor.now,
        once=once,
    )
    store(grant)
    store(*(Share(grant_id=grant.id, user_id=user, amount=amount) for user, amount in shares.items()))
    files.attach(actor, grant, photos, "photos")
    record(actor, grant, GrantAsked(deed, len(shares), sum(shares.values())))
    return grant


@action(Can.DECIDE_GRANT)
def give_grant(actor: Actor, grant: Grant, *, answer: str = "") -> None:
    """Say that it is true; everybody gets his share now, or nobody. Raises NotAllowed for somebody who would get points
    or whose kin would; Conflict where a limit or the budget is reached."""
    shares = _shares(grant)
    _far(actor, shares)
    programme = db.session.get_one(Programme, grant.programme_id)
    rule = _rule(actor, programme, grant.deed)
    pool = db.session.get_one(Pool, rule.pool_id)
    wallets = (posting.wallet(programme.place_path, user_id) for user_id in shares)
    posting.hold_still(db.session.get_one(Account, pool.account_id), *wallets)
    for user_id, amount in sorted(shares.items()):
        _room(actor, programme, rule, user_id, amount)
        earn(
            system(actor.now), programme, pool=pool, user_id=user_id, amount=amount,
            key=f"grant:{grant.id}:{user_id}", deed=grant.deed, rule_id=rule.id,
            source=reference(grant), note=grant.reason[:300],
        )  # fmt: skip
    _decide(actor, grant, True, answer)
    record(actor, grant, GrantGiven())


@action(Can.DECIDE_GRANT)
def refuse_grant(actor: Actor, grant: Grant, *, answer: str) -> None:
    """Say why not. Raises Invalid without a reason."""
    _far(actor, _shares(grant))
    if not answer.strip():
        raise Invalid(_("请写为什么不记。"), "answer")
    _decide(actor, grant, False, answer)
    record(actor, grant, GrantRefused())


@action(Can.DECLARE_KIN)
def declare_kin(actor: Actor, programme: Programme, *, user_id: int, relative_id: int) -> None:
    """Note that two people are related; a second time changes nothing."""
    if user_id == relative_id:
        raise Invalid(_("请写两个不同的人。"), "people")
    first, second = sorted((user_id, relative_id))
    if db.session.scalar(sa.select(Kin.id).where(Kin.user_id == first, Kin.relative_id == second)):
        return
    store(
        Kin(
            place_path=programme.place_path,
            user_id=first,
            relative_id=second,
            declared_by_id=actor.id,
            declared_at=actor.now,
        )
    )
    record(actor, programme, KinDeclared(first, second))


def _rule(actor: Actor, programme: Programme, deed: Deed) -> Rule:
    rule = table.rule_for(programme, deed, actor.today)
    if rule is None:
        raise Invalid(_("积分办法里没有这一项，或者已经停用。"), "deed")
    if rule.approver is Approver.PORTAL:
        raise Invalid(_("这一项门户看到了就自动计分，不能再申请。"), "deed")
    return rule


def _evidence(rule: Rule, reason: str, photos: Sequence[Kept]) -> None:
    if not reason.strip():
        raise Invalid(_("请写明经过：谁、什么时候、做了什么。"), "reason")
    if rule.evidence is Evidence.PHOTO and not photos:
        raise Invalid(_("这一项要附照片。"), "photos")


def _room(actor: Actor, programme: Programme, rule: Rule, user_id: int, amount: int) -> None:
    person = db.session.get(User, user_id)
    if person is None or person.place_path != programme.place_path:
        raise Invalid(_("请写本社区的人。"), "people")
    most = caps.most_at_once(rule)
    if amount > most:
        why = _("办法里这件事一次最多 %(most)d 分。", most=most)
        raise Invalid(_("%(who)s：%(why)s 这一批都没有记。", who=person.display_name, why=why), "people")
    earned = table.earned(programme.place_path, user_id, rule.deed, actor.today)
    cap = caps.crossed(rule, earned, programme.month_cap, amount)
    if cap is not None:
        why = _(caps.CAPS[cap])
        raise Invalid(_("%(who)s：%(why)s 这一批都没有记。", who=person.display_name, why=why), "people")


def _shares(grant: Grant) -> dict[int, int]:
    wanted = sa.select(Share.user_id, Share.amount).where(Share.grant_id == grant.id)
    return {row.user_id: row.amount for row in db.session.execute(wanted)}


def _far(actor: Actor, shares: Mapping[int, int]) -> None:
    """Whoever decides is none of those it is for, nor kin to them."""
    assert actor.id is not None
    if actor.id in shares or people.kin_of(actor.id, shares):
        raise NotAllowed(_("里面有您自己或您的家人，请另一位工作人员来核实。"))


def _decide(actor: Actor, grant: Grant, given: bool, answer: str) -> None:
    grant.given, grant.answer = given, answer.strip()[:300]
    grant.decided_by_id, grant.decided_at = actor.id, actor.now
