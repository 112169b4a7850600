"""The atoms of access. A policy is built from these and those of `hours`; each carries its refusal's sentence."""

from collections.abc import Hashable
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from . import clock
from .access import RULES, YES, Condition, Permission, Rule, Verdict, under
from .actor import SYSTEM, Actor
from .directory import directory
from .text import N_

SIGN_IN = N_("请先登录。")


class _Anyone(Rule):
    """Everybody, visitors too."""

    def check(self, actor: Actor, thing: Any) -> Verdict:
        return YES

    def clause(self, actor: Actor, model: Any) -> Condition:
        return sa.true()

    def facts(self, actor: Actor) -> Hashable:
        return None

    def holders(self, thing: Any) -> Condition:
        return sa.true()


class _ByFacts(Rule):
    """A rule whose facts are empty exactly when nothing passes."""

    def clause(self, actor: Actor, model: Any) -> Condition:
        return sa.true() if self.facts(actor) else sa.false()

    def reaches(self, actor: Actor) -> bool:
        return bool(self.facts(actor))


class _SignedIn(_ByFacts):
    names_people = True

    def check(self, actor: Actor, thing: Any) -> Verdict:
        return YES if actor.id else Verdict(False, SIGN_IN)

    def facts(self, actor: Actor) -> Hashable:
        return actor.id is not None

    def holders(self, thing: Any) -> Condition:
        return sa.true()


class role(_ByFacts):
    """Holds one of the roles at the thing's place or at one that contains it."""

    names_people = True

    def __init__(self, *roles: str, reason: str) -> None:
        self.roles, self.reason = roles, reason

    def check(self, actor: Actor, thing: Any) -> Verdict:
        held = any(actor.holds(r, thing.place_path) for r in self.roles)
        return YES if held else Verdict(False, self.reason if actor.id else SIGN_IN)

    def clause(self, actor: Actor, model: Any) -> Condition:
        return sa.or_(sa.false(), *(under(model.place_path, p) for p in self.facts(actor)))

    def facts(self, actor: Actor) -> tuple[str, ...]:
        """The highest places he holds one of the roles at."""
        paths = {p for r, p in actor.grants if r in self.roles}
        return tuple(sorted(p for p in paths if not any(p != q and p.startswith(q) for q in paths)))

    def holders(self, thing: Any) -> Condition:
        assert directory.holding
        return sa.or_(*(directory.holding(r, thing.place_path, clock.today()) for r in self.roles))


class _Member(_ByFacts):
    """Belongs to a unit in, or holds a role in, the thing's community."""

    names_people = True
    reason = N_("这件事请本社区的住户和工作人员来办。请先用联系卡认领您的房屋。")

    @staticmethod
    def communities(actor: Actor) -> set[str]:
        paths = [*actor.homes, *(p for _, p in actor.grants)]
        return {"/" + p.strip("/").split("/")[0] + "/" for p in paths}

    def check(self, actor: Actor, thing: Any) -> Verdict:
        inside = any(thing.place_path.startswith(c) for c in self.communities(actor))
        return YES if inside else Verdict(False, self.reason if actor.id else SIGN_IN)

    def clause(self, actor: Actor, model: Any) -> Condition:
        return sa.or_(sa.false(), *(under(model.place_path, c) for c in sorted(self.communities(actor))))

    def facts(self, actor: Actor) -> Hashable:
        return frozenset(self.communities(actor))

    def holders(self, thing: Any) -> Condition:
        assert directory.belonging
        return directory.belonging("/" + thing.place_path.strip("/").split("/")[0] + "/", clock.today())


class home(_ByFacts):
    """The thing lies in a unit the actor belongs to."""

    names_people = True

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def check(self, actor: Actor, thing: Any) -> Verdict:
        at_home = thing.place_path in actor.homes
        return YES if at_home else Verdict(False, self.reason if actor.id else SIGN_IN)

    def clause(self, actor: Actor, model: Any) -> Condition:
        return model.place_path.in_(actor.homes) if actor.homes else sa.false()

    def facts(self, actor: Actor) -> Hashable:
        return actor.homes

    def holders(self, thing: Any) -> Condition:
        assert directory.belonging
        return directory.belonging(thing.place_path, clock.today())


class mine(_ByFacts):
    """The person named in a column of the thing: its author, its holder, the owner of the account."""

    names_people = True

    def __init__(self, column: str, reason: str) -> None:
        self.column, self.reason = column, reason

    def check(self, actor: Actor, thing: Any) -> Verdict:
        own = actor.id is not None and getattr(thing, self.column) == actor.id
        return YES if own else Verdict(False, self.reason if actor.id else SIGN_IN)

    def clause(self, actor: Actor, model: Any) -> Condition:
        if actor.id is None:
            return sa.false()
        column = getattr(model, self.column)
        return sa.and_(column.is_not(None), column == actor.id)

    def facts(self, actor: Actor) -> Hashable:
        return actor.id

    def holders(self, thing: Any) -> Condition:
        person = getattr(thing, self.column)
        return directory.people.id == person if person is not None else sa.false()


class not_mine(mine):
    """Anybody but the person named in a column (its own atom, because NOT of a NULL is no answer); nor is it he who
    acts for another one."""

    names_people = False
    reaches = Rule.reaches

    def check(self, actor: Actor, thing: Any) -> Verdict:
        person = getattr(thing, self.column)
        his = person == actor.id or (person is not None and person == actor.entered_by)
        return Verdict(False, self.reason) if his else YES

    def clause(self, actor: Actor, model: Any) -> Condition:
        column = getattr(model, self.column)
        hands = sa.true() if actor.entered_by is None else column.is_distinct_from(actor.entered_by)
        return sa.and_(column.is_distinct_from(actor.id), hands)

    def facts(self, actor: Actor) -> Hashable:
        return actor.id, actor.entered_by

    def holders(self, thing: Any) -> Condition:
        return directory.people.id.is_distinct_from(getattr(thing, self.column))  # type: ignore[no-any-return]


class having(Rule):
    """A column of the thing holds one of the words (one by one in SQL: a list is made anew on each run)."""

    def __init__(self, column: str, *words: StrEnum, reason: str) -> None:
        self.column, self.words, self.reason = column, words, reason

    def check(self, actor: Actor, thing: Any) -> Verdict:
        return YES if getattr(thing, self.column) in self.words else Verdict(False, self.reason)

    def clause(self, actor: Actor, model: Any) -> Condition:
        column = getattr(model, self.column)
        return sa.and_(column.is_not(None), column.in_([sa.literal(w, column.type) for w in self.words]))

    def facts(self, actor: Actor) -> Hashable:
        return None

    def holders(self, thing: Any) -> Condition:
        return sa.true() if getattr(thing, self.column) in self.words else sa.false()


class during(having):
    def __init__(self, *states: StrEnum, reason: str) -> None:
        super().__init__("state", *states, reason=reason)


class flag(Rule):
    """A column of the thing is true; with `there` false it is not."""

    def __init__(self, column: str, reason: str, *, there: bool = True) -> None:
        self.column, self.reason, self._there = column, reason, there

    def check(self, actor: Actor, thing: Any) -> Verdict:
        set_so = bool(getattr(thing, self.column)) is self._there
        return YES if set_so else Verdict(False, self.reason)

    def clause(self, actor: Actor, model: Any) -> Condition:
        return getattr(model, self.column).is_(self._there)  # type: ignore[no-any-return]

    def facts(self, actor: Actor) -> Hashable:
        return None

    def holders(self, thing: Any) -> Condition:
        return sa.true() if bool(getattr(thing, self.column)) is self._there else sa.false()


class dated(flag):
    """A column of the thing holds something: a day, an hour, somebody's account; with `there` false nothing."""

    def clause(self, actor: Actor, model: Any) -> Condition:
        column = getattr(model, self.column)
        return column.is_not(None) if self._there else column.is_(None)  # type: ignore[no-any-return]


class same(Rule):
    """The rule of another permission on the same thing, named instead of repeated."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    @property
    def names_people(self) -> bool:
        return RULES[self.permission].names_people

    def check(self, actor: Actor, thing: Any) -> Verdict:
        return RULES[self.permission].check(actor, thing)

    def clause(self, actor: Actor, model: Any) -> Condition:
        return RULES[self.permission].clause(actor, model)

    def facts(self, actor: Actor) -> Hashable:
        return RULES[self.permission].facts(actor)

    def reaches(self, actor: Actor) -> bool:
        return RULES[self.permission].reaches(actor)

    def holders(self, thing: Any) -> Condition:
        return RULES[self.permission].holders(thing)


class _InPerson(_ByFacts):
    """The person himself sits before the screen, not staff or family who act for him."""

    reason = N_("这件事要本人来办，不能代办。")

    def check(self, actor: Actor, thing: Any) -> Verdict:
        return YES if actor.entered_by is None else Verdict(False, self.reason)

    def facts(self, actor: Actor) -> Hashable:
        return actor.entered_by is None

    def holders(self, thing: Any) -> Condition:
        return sa.true()


class _ThePortal(_ByFacts):
    """The portal itself: the clock, the door before anybody is known, the command line. No person, so no audience."""

    names_people = True

    def check(self, actor: Actor, thing: Any) -> Verdict:
        return YES if actor.id is None and actor.name == SYSTEM.name else Verdict(False, SIGN_IN)

    def facts(self, actor: Actor) -> Hashable:
        return bool(self.check(actor, None))

    def holders(self, thing: Any) -> Condition:
        return sa.false()


anyone = _Anyone()
signed_in = _SignedIn()
member = _Member()
in_person = _InPerson()
the_portal = _ThePortal()
