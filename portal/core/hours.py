"""Atoms of access that look at the clock: an hour in a column of the thing is ahead, or has come."""

from collections.abc import Hashable
from typing import Any

import sqlalchemy as sa

from . import clock
from .access import YES, Condition, Rule, Verdict
from .actor import Actor


class before(Rule):
    """It is earlier than the hour in a column of the thing (none: no hour was set, which is in time)."""

    def __init__(self, column: str, reason: str) -> None:
        self.column, self.reason = column, reason

    def check(self, actor: Actor, thing: Any) -> Verdict:
        hour = getattr(thing, self.column)
        return YES if hour is None or actor.now < hour else Verdict(False, self.reason)

    def clause(self, actor: Actor, model: Any) -> Condition:
        column = getattr(model, self.column)
        return sa.or_(column.is_(None), sa.and_(column.is_not(None), column > actor.now))

    def facts(self, actor: Actor) -> Hashable:
        return actor.now

    def holders(self, thing: Any) -> Condition:
        hour = getattr(thing, self.column)
        return sa.true() if hour is None or clock.now() < hour else sa.false()


class since(before):
    """The hour in a column of the thing has come (none: no hour was set, so it never comes)."""

    def check(self, actor: Actor, thing: Any) -> Verdict:
        hour = getattr(thing, self.column)
        return YES if hour is not None and hour <= actor.now else Verdict(False, self.reason)

    def clause(self, actor: Actor, model: Any) -> Condition:
        column = getattr(model, self.column)
        return sa.and_(column.is_not(None), column <= actor.now)

    def holders(self, thing: Any) -> Condition:
        hour = getattr(thing, self.column)
        return sa.true() if hour is not None and hour <= clock.now() else sa.false()
