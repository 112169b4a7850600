"""Atoms of access that look at the clock: an hour in a column of the thing is ahead, or has come; somebody is so many
years old."""

from collections.abc import Hashable
from datetime import date
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


class younger(Rule):
    """The day of birth in a column of the thing is that of somebody who has not so many years yet."""

    def __init__(self, column: str, years: int, reason: str) -> None:
        self.column, self.years, self.reason = column, years, reason

    def check(self, actor: Actor, thing: Any) -> Verdict:
        young = getattr(thing, self.column) > born_by(actor.today, self.years)
        return YES if young else Verdict(False, self.reason)

    def clause(self, actor: Actor, model: Any) -> Condition:
        return getattr(model, self.column) > born_by(actor.today, self.years)  # type: ignore[no-any-return]

    def facts(self, actor: Actor) -> Hashable:
        return actor.today

    def holders(self, thing: Any) -> Condition:
        young = getattr(thing, self.column) > born_by(clock.today(), self.years)
        return sa.true() if young else sa.false()


def born_by(today: date, years: int) -> date:
    """The last day of birth of those who have so many years today."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # a 29 February without its like
        return date(today.year - years, 2, 28)
