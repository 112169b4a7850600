"""People: registering at the desk or at the start, correcting, what each sets for himself."""

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import LANGUAGES, _
from ...places.models import Owner, Place, PlaceKind, Unit
from ..events import PasswordSet, PasswordWay, PeopleExported, UserAdjusted, UserCorrected, UserRegistered
from ..models import Relation, User, new_stamp
from ..policy import Can
from .belonging import belong


@action(Can.REGISTER)
def register(
    actor: Actor,
    community: Place,
    *,
    name: str,
    phone: str | None = None,
    sign_in_name: str | None = None,
    password_hash: str | None = None,
    unit: Unit | None = None,
    relation: Relation | None = None,
    owner: Owner | None = None,
    nickname: str = "",
    lang: str = "zh",
) -> User:
    """An account made at the desk or by the command line. Without a password nobody signs in with it; staff can
    act for the person. With `unit` and `relation` he belongs there from today.

    Raises Invalid if the phone or sign-in name has an account.
    """
    if community.kind is not PlaceKind.COMMUNITY:
        raise Invalid(_("账号由社区来建。"))
    user = new_account(
        community.place_path,
        actor,
        name=name,
        phone=phone,
        sign_in_name=sign_in_name,
        password_hash=password_hash,
    )
    user.nickname, user.lang = nickname, lang
    record(actor, user, UserRegistered(at_desk=True))
    if password_hash:
        record(actor, user, PasswordSet(PasswordWay.START))
    if unit is not None and relation is not None:
        belong(actor, user, unit, relation, owner, actor.entered_by or actor.id)
    return user


def new_account(
    path: str,
    actor: Actor,
    *,
    name: str,
    phone: str | None,
    password_hash: str | None,
    sign_in_name: str | None = None,
) -> User:
    """A stored account of the community at `path`; part of an action. Raises Invalid if it exists."""
    free(phone, sign_in_name)
    user = User(
        place_path=path,
        name=name,
        nickname="",
        phone=phone,
        sign_in_name=sign_in_name,
        password_hash=password_hash,
        lang=actor.lang,
        large_text=actor.large_text,
        stamp=new_stamp(),
        failures=0,
        created_at=actor.now,
    )
    try:
        with db.session.begin_nested():
            store(user)
    except sa.exc.IntegrityError:  # somebody else took it between our look and our write
        free(phone, sign_in_name)
        raise
    return user


def free(phone: str | None, sign_in_name: str | None, but: int | None = None) -> None:
    """Refuse a phone or sign-in name that another account has."""
    for column, value, field in (
        (User.phone, phone, "phone"),
        (User.sign_in_name, sign_in_name, "sign_in_name"),
    ):
        if value is None:
            continue
        taken = db.session.scalar(sa.select(User.id).where(column == value))
        if taken is not None and taken != but:
            raise Invalid(
                _("这个号码或登录名已经有账号了。是您本人的话请直接登录；不是的话请到社区窗口。"), field
            )


@action(Can.LIST)
def note_export(actor: Actor, place: Place) -> None:
    """The list leaves the portal as a file, with phones; who took it is kept."""
    record(actor, place, PeopleExported())


@action(Can.CORRECT)
def correct(actor: Actor, user: User, *, name: str, phone: str | None, sign_in_name: str | None) -> User:
    """What staff keep of a person: real name, phone, sign-in name."""
    free(phone, sign_in_name, but=user.id)
    changed = UserCorrected(user.name != name, user.phone != phone, user.sign_in_name != sign_in_name)
    user.name, user.phone, user.sign_in_name = name, phone, sign_in_name
    if changed != UserCorrected(False, False, False):
        record(actor, user, changed)
    return user


@action(Can.ADJUST)
def adjust(
    actor: Actor,
    user: User,
    *,
    nickname: str | None = None,
    lang: str | None = None,
    large_text: bool | None = None,
) -> User:
    """What a person sets for himself; None leaves it as it is."""
    nickname = user.nickname if nickname is None else nickname
    lang = lang if lang in LANGUAGES else user.lang
    large_text = user.large_text if large_text is None else large_text
    changed = UserAdjusted(user.nickname != nickname, user.lang != lang, user.large_text != large_text)
    user.nickname, user.lang, user.large_text = nickname, lang, large_text
    if changed != UserAdjusted(False, False, False):
        record(actor, user, changed)
    return user
