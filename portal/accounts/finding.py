"""Finding the person whose name or phone somebody typed, among the accounts of a community."""

import re
from collections.abc import Collection

import sqlalchemy as sa

from ..core.access import Condition, containing
from ..core.actor import Actor
from ..core.db import db
from ..core.directory import directory
from ..core.errors import Invalid
from ..core.text import _
from .models import User

PHONE = re.compile(r"[+\d][\d\s-]{5,}")


def known(actor: Actor, path: str, typed: str, field: str, posts: Collection[str]) -> User | None:
    """The one open account under this name or phone; None if there is none. A phone finds only people of the places
    the actor holds one of `posts` at: nobody learns whose number it is that he has no business with. Raises Invalid
    where there are several, and for a phone that finds nobody: it is no name to be kept."""
    found = sa.select(User).where(
        User.place_path.in_(containing(path)),
        User.closed_at.is_(None),
        sa.or_(User.name == typed, sa.and_(User.phone == typed, _near(actor, posts))),
    )
    people = db.session.scalars(found.limit(2)).all()
    if len(people) > 1:
        raise Invalid(_("有几个人同名，请写手机号。"), field)
    if not people and PHONE.fullmatch(typed):
        raise Invalid(_("您管的范围里没有用这个手机号的人，请写姓名。"), field)
    return people[0] if people else None


def somebody(actor: Actor, path: str, typed: str, field: str, posts: Collection[str]) -> User:
    """The same, where it must be somebody. Raises Invalid."""
    person = known(actor, path, typed, field, posts)
    if person is None:
        raise Invalid(_("没有叫“%(typed)s”的账号，请核对姓名或手机号。", typed=typed), field)
    return person


def _near(actor: Actor, posts: Collection[str]) -> Condition:
    """People who live, own, work or hold a post where the actor holds one of `posts`."""
    assert directory.belonging
    places = sorted({place for role, place in actor.grants if role in posts})
    return sa.or_(sa.false(), *(directory.belonging(place, actor.today) for place in places))
