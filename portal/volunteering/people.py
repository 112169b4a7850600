"""Finding volunteers: the one whose name somebody typed, the actor's own entry, and holding it."""

import sqlalchemy as sa

from ..accounts import finding
from ..accounts.models import User
from ..core.actor import Actor
from ..core.db import db, lock
from ..core.errors import Conflict, Invalid, Unmet
from ..core.text import _
from .models.people import Volunteer
from .policy import POSTS

REGISTER = "/volunteering/register"
GUARDIAN = "/volunteering/mine#guardian_form"


def somebody(actor: Actor, path: str, typed: str, field: str) -> User:
    """The one open account under this name or phone. Raises Invalid."""
    return finding.somebody(actor, path, typed, field, POSTS)


def volunteer_of(user_id: int | None) -> Volunteer | None:
    return db.session.scalar(sa.select(Volunteer).where(Volunteer.user_id == user_id))


def held(user_id: int | None) -> Volunteer:
    """A volunteer's entry, locked until the transaction ends, so that no two shifts take him at once. Raises Conflict
    for somebody who has not registered."""
    found = volunteer_of(user_id)
    if found is None:
        raise Conflict(Unmet(_("还没有登记成志愿者，请先登记，一分钟就好。"), REGISTER))
    return lock(found)


def volunteer_named(actor: Actor, path: str, typed: str, field: str) -> Volunteer:
    """The volunteer whose name or phone somebody typed, locked. Raises Invalid."""
    person = somebody(actor, path, typed, field)
    found = volunteer_of(person.id)
    if found is None:
        raise Invalid(_("“%(typed)s”还没有登记成志愿者，请先登记。", typed=typed), field)
    return lock(found)
