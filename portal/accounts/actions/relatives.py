"""Family who may vote for a person: named by him or at the desk with his signature, willing, for a term, ended by
either. What they then do is acting like that of staff, with both names on everything."""

from collections.abc import Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.files import Kept, attach
from ...core.terms import in_term
from ...core.text import _
from ...places.models import Place
from .. import identity, names
from ..events import ActingStarted, RelativeAgreed, RelativeEnded, RelativeNamed
from ..models import Acting, Grant, Kinship, Relative, Role, User, Way
from ..policy import Can
from .acting import leave_open

LONGEST = timedelta(days=366)
MOST_FOR_ONE, MOST_BY_ONE = 3, 4
"""How many may act for a person, and for how many a person may act: family, not an office."""


@action(Can.NAME_RELATIVE, share=True)
def name_relative(
    actor: Actor,
    user: User,
    *,
    name: str,
    phone: str,
    kinship: Kinship,
    ends: date,
    signed: Sequence[Kept] = (),
) -> Relative:
    """The person (or the desk, upon the paper he `signed`) names somebody of his family; nothing comes of it before
    that one agrees. `name` and `phone` are those of the family's account: a number alone tells nobody whether there is
    an account under it. Raises Invalid with its field, Conflict where he is named already or there are too many."""
    by_himself = actor.id == user.id
    if not by_himself and not signed:
        raise Invalid(_("请拍一张本人签字的同意书，要看得清签名。"), "signed")
    if not actor.today < ends <= actor.today + LONGEST:
        raise Invalid(_("最长一年，到期可以再登记。"), "ends")
    relative = _account(user, name, phone)
    if relative.id == actor.id:
        raise Invalid(_("您自己是这位家人的话，请另一位工作人员来登记，或者请他在自己手机上登记。"), "phone")
    _room_for(user, relative, actor.today)
    assert actor.id is not None
    bound = Relative(
        place_path=user.place_path,
        user_id=user.id,
        relative_id=relative.id,
        kinship=kinship,
        named_by_id=actor.id,
        named_at=actor.now,
        agreed_at=None,
        ends=ends,
        ended_at=None,
        ended_by_id=None,
    )
    store(bound)
    attach(actor, bound, signed, "signed")
    record(actor, bound, RelativeNamed(user.id, relative.id, kinship, ends))
    return bound


@action(Can.AGREE)
def agree(actor: Actor, relative: Relative) -> None:
    """He is willing. Saying it twice does no harm. Raises Conflict if it was taken back meanwhile or is over."""
    _still(actor, relative)
    if relative.agreed_at is None:
        relative.agreed_at = actor.now
        record(actor, relative, RelativeAgreed(relative.user_id))


@action(Can.END_RELATIVE)
def end_relative(actor: Actor, relative: Relative) -> None:
    """Taken back by the person or the desk, declined or given up by the relative. Twice does no harm."""
    if relative.ended_at is None:
        relative.ended_at, relative.ended_by_id = actor.now, actor.id
        record(actor, relative, RelativeEnded(relative.user_id, relative.relative_id))
        leave_open(actor, by=relative.relative_id, user_id=relative.user_id, way=Way.FAMILY)


@action(Can.ACT_AS_RELATIVE)
def start_for_family(actor: Actor, relative: Relative) -> Acting:
    """Begin to act. Raises Conflict before he agreed, after it ended, and once he manages property here."""
    _still(actor, relative)
    if not identity.kinship_of(relative.relative_id, relative.user_id):
        raise Conflict(_("这份家人代办现在无效。"))
    leave_open(actor, by=actor.id)
    acting = Acting(
        place_path=relative.place_path,
        by_id=actor.id,
        user_id=relative.user_id,
        way=Way.FAMILY,
        reason=_("家人代办"),
        started_at=actor.now,
    )
    store(acting)
    record(actor, acting, ActingStarted(relative.user_id, Way.FAMILY))
    return acting


def _still(actor: Actor, relative: Relative) -> None:
    if relative.ended_at is not None:
        raise Conflict(_("这份家人代办已经取消了。"))
    if relative.ends <= actor.today:
        raise Conflict(_("这份家人代办已经到期了。"))


def _account(user: User, name: str, phone: str) -> User:
    """The account with this name and number in the person's community; not his own, and nobody who manages property
    here. One sentence for a number that nobody has and for one that somebody else has."""
    number = names.phone(phone)
    known = sa.select(User).where(User.place_path == user.place_path, User.closed_at.is_(None))
    found = db.session.scalar(known.where(User.phone == number)) if number else None
    if found is not None and found.id == user.id:
        raise Invalid(_("这是本人的手机号，请写家人的。"), "phone")
    if found is None or not names.alike(found.name, name):
        raise Invalid(
            _("姓名和手机号跟本社区的账号对不上。请跟这位家人核对；还没有账号的，请他先登记。"), "phone"
        )
    manages = sa.select(Grant.id).where(
        Grant.user_id == found.id,
        Grant.role == Role.PROPERTY_MANAGER,
        in_term(Grant),
    )
    if db.session.scalar(manages.limit(1)):
        raise Invalid(_("物业公司的人不能替业主代办。"), "phone")
    return found


def _room_for(user: User, relative: User, today: date) -> None:
    """Raises Conflict. The community is held, so that two forms at once cannot go over the number. The people are only
    shared: two who name each other would wait for each other."""
    lock(db.session.scalars(sa.select(Place).where(Place.place_path == user.place_path)).one())
    holding = sa.and_(Relative.ended_at.is_(None), Relative.ends > today)
    there = db.session.scalars(
        sa.select(Relative).where(
            holding, sa.or_(Relative.user_id == user.id, Relative.relative_id == relative.id)
        )
    ).all()
    if any(one.user_id == user.id and one.relative_id == relative.id for one in there):
        raise Conflict(_("这位家人已经登记过了。"))
    if sum(one.user_id == user.id for one in there) >= MOST_FOR_ONE:
        raise Conflict(_("一个人最多登记 %(most)d 位家人。", most=MOST_FOR_ONE))
    if sum(one.relative_id == relative.id for one in there) >= MOST_BY_ONE:
        raise Conflict(_("这位家人已经替 %(most)d 个人代办，不能再多了。", most=MOST_BY_ONE))
