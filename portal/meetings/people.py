"""Finding the person whose name or phone somebody typed, among the accounts of a community."""

import sqlalchemy as sa

from ..accounts.models import User
from ..core.access import containing
from ..core.db import db
from ..core.errors import Invalid
from ..core.text import _


def known(path: str, typed: str, field: str) -> User | None:
    """The one open account under this name or phone; None if there is none. Raises Invalid where there are several."""
    found = sa.select(User).where(
        User.place_path.in_(containing(path)),
        User.closed_at.is_(None),
        sa.or_(User.name == typed, User.phone == typed),
    )
    people = db.session.scalars(found.limit(2)).all()
    if len(people) > 1:
        raise Invalid(_("有几个人同名，请写手机号。"), field)
    return people[0] if people else None


def somebody(path: str, typed: str, field: str) -> User:
    """The same, where it must be somebody. Raises Invalid."""
    person = known(path, typed, field)
    if person is None:
        raise Invalid(_("没有叫“%(typed)s”的账号，请核对姓名或手机号。", typed=typed), field)
    return person
