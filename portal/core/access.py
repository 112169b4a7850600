"""Access: one rule answers three questions.

`check(actor, thing)`   may this actor do it?  A verdict with a reason to show.
`clause(actor, Model)`  which rows may he do it to?  A condition that is true or false, never NULL.
`holders(thing)`        who may do it?  A condition over people, for notices.

A feature states its permissions once, in `policy.py`: an enum and one table of rules built with | and & from
the atoms of `atoms`. Tenancy is not a rule anybody writes: a thing outside the actor's community is
invisible.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from .actor import Actor
from .directory import directory
from .errors import NotAllowed, NotVisible
from .text import N_

Condition = sa.ColumnElement[bool]


class Permission(StrEnum):
    """A verb on a thing, `thing:verb`; unique in the whole portal."""


class Verdict(NamedTuple):
    allowed: bool
    reason: str = ""
    near: int = 0
    """How many conditions held before the one that refused: of several reasons the nearest is said."""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


class Rule:
    """One condition in its three readings. Subclasses are the atoms; | and & build the rest."""

    @property
    def names_people(self) -> bool:
        """Whether the rule says anything about the actor; a rule that does not has no audience."""
        return False

    def check(self, actor: Actor, thing: Any) -> Verdict:
        raise NotImplementedError

    def clause(self, actor: Actor, model: Any) -> Condition:
        raise NotImplementedError

    def holders(self, thing: Any) -> Condition:
        raise NotImplementedError

    def facts(self, actor: Actor) -> Hashable:
        """All that `clause` looks at in the actor: those who are equal in it share one clause (see `rows`).
        The whole actor, his time included, is never wrong and never shared."""
        return actor

    def reaches(self, actor: Actor) -> bool:
        """Whether there can be anything that passes for this actor: a list that cannot have rows is not asked for."""
        return True

    def __or__(self, other: Rule) -> Rule:
        return Either(self, other)

    def __and__(self, other: Rule) -> Rule:
        return Both(self, other)


class Either(Rule):
    def __init__(self, *rules: Rule) -> None:
        self.rules = rules

    @property
    def names_people(self) -> bool:
        return all(r.names_people for r in self.rules)

    def check(self, actor: Actor, thing: Any) -> Verdict:
        verdicts = []
        for rule in self.rules:
            verdict = rule.check(actor, thing)
            if verdict:
                return verdict
            verdicts.append(verdict)
        return max(verdicts, key=lambda v: v.near)

    def clause(self, actor: Actor, model: Any) -> Condition:
        return sa.or_(*(r.clause(actor, model) for r in self.rules))

    def holders(self, thing: Any) -> Condition:
        return sa.or_(*(r.holders(thing) for r in self.rules))

    def reaches(self, actor: Actor) -> bool:
        return any(r.reaches(actor) for r in self.rules)

    def facts(self, actor: Actor) -> Hashable:
        return tuple(r.facts(actor) for r in self.rules)


class Both(Rule):
    def __init__(self, *rules: Rule) -> None:
        self.rules = rules

    @property
    def names_people(self) -> bool:
        return any(r.names_people for r in self.rules)

    def check(self, actor: Actor, thing: Any) -> Verdict:
        for passed, rule in enumerate(self.rules):
            verdict = rule.check(actor, thing)
            if not verdict:
                return verdict._replace(near=passed + verdict.near)
        return YES

    def clause(self, actor: Actor, model: Any) -> Condition:
        return sa.and_(*(r.clause(actor, model) for r in self.rules))

    def holders(self, thing: Any) -> Condition:
        return sa.and_(*(r.holders(thing) for r in self.rules))

    def reaches(self, actor: Actor) -> bool:
        return all(r.reaches(actor) for r in self.rules)

    def facts(self, actor: Actor) -> Hashable:
        return tuple(r.facts(actor) for r in self.rules)


class Policy:
    """The rules of one feature, and which permission decides who sees the rows of a model."""

    def __init__(
        self,
        rules: Mapping[Permission, Rule],
        sees: Mapping[type[Any], Permission],
        family: Collection[Permission] = (),
    ) -> None:
        self.rules = dict(rules)
        self.sees = dict(sees)
        self.family = frozenset(family)


RULES: dict[str, Rule] = {}
SEES: dict[type[Any], Permission] = {}
WRITING: set[str] = set()
"""Permissions that an action asks for, entered by `actions.action`."""
FAMILY: set[str] = set()
"""Those of them that a member of the family who acts for somebody has too. Everything else he does not write."""
FOR_HIMSELF = N_("家人代办只能投业主大会的票，别的事请他本人来办。")


def install(policy: Policy, words: type[Permission]) -> None:
    """Enter a feature's rules; every word needs its rule and every name is used once."""
    missing = set(words) - set(policy.rules)
    if missing:
        raise LookupError(f"no rule for {', '.join(sorted(missing))}")
    for permission, rule in policy.rules.items():
        if RULES.setdefault(permission.value, rule) is not rule:
            raise LookupError(f"{permission.value} has two rules")
    SEES.update(policy.sees)
    FAMILY.update(policy.family)


def may(actor: Actor, permission: str, thing: Any = None) -> Verdict:
    """Whether `actor` may do it to `thing`; another community's thing is refused without a reason."""
    path = getattr(thing, "place_path", None)
    if path is not None and not path.startswith(actor.community):
        return Verdict(False)
    if actor.kin and permission in WRITING and permission not in FAMILY:
        return Verdict(False, FOR_HIMSELF)
    return RULES[permission].check(actor, thing)


def require(actor: Actor, permission: str, thing: Any = None) -> None:
    """Refuse unless `actor` may: NotVisible if he may not even see the thing, NotAllowed with the reason."""
    sees = SEES.get(type(thing))
    if sees is not None and not may(actor, sees, thing):
        raise NotVisible()
    verdict = may(actor, permission, thing)
    if not verdict:
        raise NotAllowed(verdict.reason)


def rows(actor: Actor, model: Any, permission: str | None = None) -> Condition:
    """The rows of `model` that `actor` may see (or do `permission` to): the only way a list gets its rows.

    Readers who are alike in what the rules look at get the same object, so that a statement with it can be
    prepared (`core.prepared`).
    """
    rules = _needed(model, permission)
    facts = tuple(rule.facts(actor) for rule in rules)
    return _rows(rules, model, _Reader(actor.community, facts, actor))


def reaches(actor: Actor, model: Any, permission: str) -> bool:
    """Whether `rows` could be any at all, known without asking the database."""
    return all(rule.reaches(actor) for rule in _needed(model, permission))


def _needed(model: Any, permission: str | None) -> tuple[Rule, ...]:
    """The rules a row has to pass: of those who see it, and of those who do it."""
    sees = SEES[model]
    return (RULES[sees],) if permission in (None, sees) else (RULES[sees], RULES[permission])


@dataclass(frozen=True)
class _Reader:
    """An actor as far as some rules look at him."""

    community: str
    facts: Hashable
    actor: Actor = field(compare=False)


@lru_cache(1024)
def _rows(rules: tuple[Rule, ...], model: Any, reader: _Reader) -> Condition:
    visible = sa.and_(*(rule.clause(reader.actor, model) for rule in rules))
    if reader.community == "/":
        return visible
    return sa.and_(under(model.place_path, reader.community), visible)


def holders(permission: str, thing: Any) -> Condition:
    """People who may do it to `thing`, as a condition over the people of the directory."""
    rule = RULES[permission]
    if not rule.names_people:
        raise LookupError(f"{permission} says nothing about people, so it has no audience")
    return sa.and_(directory.present(thing.place_path), rule.holders(thing))


def under(column: Any, path: str) -> Condition:
    """Rows at or below the place of `path`: a half-open range ("0" follows "/"), which an index serves."""
    return sa.and_(column >= path, column < path[:-1] + "0")


def containing(path: str) -> tuple[str, ...]:
    """The paths of all places that contain `path`, itself included, from the top."""
    steps = path.strip("/").split("/")
    return tuple("/" + "/".join(steps[: n + 1]) + "/" for n in range(len(steps)))
