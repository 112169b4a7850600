"""The atom of access for lists of people: who stands on a roll, watches a count, supervises a project."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from .access import YES, Condition, Rule, Verdict
from .actor import Actor
from .atoms import SIGN_IN
from .db import db
from .directory import directory


class Entered(Rule):
    """A row with the actor's account belongs to the thing; with `there` false none does.

    `person` and `of` are columns of that row: whose it is, and to which thing it belongs by the thing's attribute `by`.
    `where` says which rows count. The row of a page brings the answer along under the name `known`; elsewhere it is
    asked for. Nobody is entered as a visitor.
    """

    def __init__(
        self,
        person: Any,
        of: Any,
        *,
        known: str,
        reason: str,
        by: str = "id",
        where: Callable[[Any], Condition] | None = None,
        there: bool = True,
    ) -> None:
        row = sa.orm.aliased(person.class_)
        self._person, self._of = getattr(row, person.key), getattr(row, of.key)
        self._counts = (where(row),) if where else ()
        self.known, self.reason, self._by, self._there = known, reason, by, there
        self._asked = sa.select(self._person).where(
            self._of == sa.bindparam("thing"), self._person == sa.bindparam("user"), *self._counts
        )

    @property
    def names_people(self) -> bool:
        return self._there

    def check(self, actor: Actor, thing: Any) -> Verdict:
        if actor.id is None:
            return Verdict(False, SIGN_IN)
        entered = getattr(thing, self.known, None)
        if entered is None:
            at = {"thing": getattr(thing, self._by), "user": actor.id}
            entered = db.session.execute(self._asked.limit(1), at).first() is not None
        return YES if bool(entered) is self._there else Verdict(False, self.reason)

    def clause(self, actor: Actor, model: Any) -> Condition:
        if actor.id is None:
            return sa.false()
        own = sa.select(self._of).where(self._person == actor.id, *self._counts)
        subject = getattr(model, self._by)
        condition: Condition = subject.in_(own) if self._there else subject.not_in(own)
        return condition

    def reaches(self, actor: Actor) -> bool:
        return actor.id is not None

    def facts(self, actor: Actor) -> Any:
        return actor.id

    def holders(self, thing: Any) -> Condition:
        entered = sa.select(self._person).where(
            self._of == getattr(thing, self._by), self._person.is_not(None), *self._counts
        )
        condition: Condition = directory.people.id.in_(entered)
        return condition if self._there else ~condition
