"""Forums: the kinds of subject that people speak on, and the rule that borrows the subject's permissions.

A comment is as visible as its subject, and whoever may speak or moderate there is decided there. Nothing here
knows which subjects exist; upper features enter theirs through `subjects.open_on`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ..core import access
from ..core.access import Condition, Permission, Rule, Verdict
from ..core.actor import Actor
from ..core.db import Model, db


@dataclass(frozen=True)
class Forum:
    """A model that is spoken on."""

    model: type[Any]
    speak: Permission
    moderate: Permission
    review: Permission
    """Who rules on appeals, always somebody else than the moderator who hid the comment."""
    path: str
    """The address of its rows without the number: `/topics`."""
    page: Callable[[Any], str]
    """Row → the address of its page."""
    anchor: str
    """The place of the discussion on that page."""
    feature: str
    """The blueprint that carries the addresses."""
    hold: bool
    """Whether a reported comment stays unseen until a moderator has looked."""

    @property
    def kind(self) -> str:
        """`topic`: the model's name in the log, in addresses and in `subject` columns."""
        return str(self.model.__tablename__)

    def permission(self, what: str) -> Permission:
        """`see`, `speak`, `moderate` or `review` as a permission of the subject."""
        return access.SEES[self.model] if what == "see" else getattr(self, what)

    def reference(self, id: int) -> str:
        return f"{self.kind}:{id}"

    def comments(self, id: int) -> str:
        """The address of the comments on the row with this id."""
        return f"{self.path}/{id}/comments"


FORUMS: dict[str, Forum] = {}
"""Kind → forum."""


def forum_of(thing: Any) -> Forum:
    """The forum of a comment (or of what hangs on one), or of a subject itself."""
    subject = getattr(thing, "subject", None)
    return FORUMS[subject.partition(":")[0] if subject else thing.__tablename__]


def subject_of(thing: Any) -> Any:
    """The row a comment is about; None if it is gone."""
    kind, _, id = thing.subject.partition(":")
    row = db.session.get(FORUMS[kind].model, int(id))
    if isinstance(thing, Model):
        thing.__dict__["_subject_row"] = row  # held, so that the session still has it when it is asked again
    return row


class OfSubject(Rule):
    """The subject's own rule, for a comment, for what hangs on a comment, and for the subject itself."""

    def __init__(self, what: str) -> None:
        self.what = what

    @property
    def names_people(self) -> bool:
        """What everybody may read has no audience, though the comment on it hangs on a rule."""
        return all(access.RULES[f.permission(self.what)].names_people for f in FORUMS.values())

    def check(self, actor: Actor, thing: Any) -> Verdict:
        on = thing if not hasattr(thing, "subject") else subject_of(thing)
        permission = forum_of(thing).permission(self.what)
        return access.may(actor, permission, on) if on is not None else Verdict(False)

    def clause(self, actor: Actor, model: Any) -> Condition:
        if not hasattr(model, "subject"):
            return access.RULES[FORUMS[model.__tablename__].permission(self.what)].clause(actor, model)
        return sa.or_(sa.false(), *(self._among(forum, actor, model) for forum in FORUMS.values()))

    def _among(self, forum: Forum, actor: Actor, model: Any) -> Condition:
        """The row names a subject of this forum that the rule allows; found by its key, one look a row."""
        prefix = f"{forum.kind}:"
        number = sa.cast(sa.func.substr(model.subject, len(prefix) + 1), sa.Integer)
        id = sa.case((model.subject.startswith(prefix, autoescape=True), number), else_=None)
        rule = access.RULES[forum.permission(self.what)]
        found = sa.select(sa.literal(1)).where(forum.model.id == id, rule.clause(actor, forum.model))
        return sa.exists(found.correlate(model))

    def reaches(self, actor: Actor) -> bool:
        return any(access.RULES[f.permission(self.what)].reaches(actor) for f in FORUMS.values())

    def holders(self, thing: Any) -> Condition:
        on = thing if not hasattr(thing, "subject") else subject_of(thing)
        if on is None:
            return sa.false()
        return access.RULES[forum_of(thing).permission(self.what)].holders(on)
