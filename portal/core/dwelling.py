"""The atom of access for those of a place: who lives, owns or works there."""

from collections.abc import Hashable
from typing import Any

import sqlalchemy as sa

from . import clock
from .access import YES, Condition, Rule, Verdict, containing
from .actor import Actor
from .atoms import SIGN_IN
from .directory import directory


class dwells(Rule):
    """Belongs to a unit, or holds a post, at the thing's place or below it."""

    names_people = True

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def check(self, actor: Actor, thing: Any) -> Verdict:
        there = any(path.startswith(thing.place_path) for path in self._paths(actor))
        return YES if there else Verdict(False, self.reason if actor.id else SIGN_IN)

    def clause(self, actor: Actor, model: Any) -> Condition:
        above = sorted({path for own in self._paths(actor) for path in containing(own)})
        return model.place_path.in_(above) if above else sa.false()

    def facts(self, actor: Actor) -> Hashable:
        return self._paths(actor)

    def reaches(self, actor: Actor) -> bool:
        return bool(self._paths(actor))

    def holders(self, thing: Any) -> Condition:
        assert directory.belonging
        return directory.belonging(thing.place_path, clock.today())

    @staticmethod
    def _paths(actor: Actor) -> tuple[str, ...]:
        return tuple(sorted({*actor.homes, *(path for _role, path in actor.grants)}))
