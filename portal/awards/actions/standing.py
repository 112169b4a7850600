"""Staff who stand in an award, or go under a name that is theirs, leave it to others."""

import sqlalchemy as sa

from ...core.actor import Actor
from ...core.db import db
from ...core.errors import NotAllowed
from ...core.text import _
from .. import rules
from ..models import Nominee
from ..words import NomineeState

_STANDING = (NomineeState.PROPOSED, NomineeState.ADMITTED)


def disinterested(actor: Actor, award_id: int) -> None:
    """Raises NotAllowed for one who is himself put forward: he would decide about his rivals."""
    own = sa.select(Nominee.id).where(
        Nominee.award_id == award_id, Nominee.user_id == actor.id, Nominee.state.in_(_STANDING)
    )
    if actor.id is not None and db.session.scalar(own.limit(1)) is not None:
        raise NotAllowed(_("您自己是候选，这件事请别的工作人员来办。"))


def another_name(actor: Actor, name: str) -> None:
    """Raises NotAllowed for one's own name: without an account nobody could tell that he decides about himself."""
    if rules.named_alike(name, actor.name):
        raise NotAllowed(_("这个名字和您的一样，请别的工作人员来办。"))
