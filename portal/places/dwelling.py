"""An atom of access: belonging to the very unit a thing lies in."""

from typing import Any

import sqlalchemy as sa

from ..core import clock
from ..core.access import YES, Condition, Rule, Verdict
from ..core.actor import Actor
from ..core.atoms import SIGN_IN
from ..core.directory import directory
from ..core.text import N_


class _Home(Rule):
    """The thing lies in a unit the actor belongs to."""

    reason = N_("只有这套房屋的人和管理房屋台账的工作人员能看。")

    @property
    def names_people(self) -> bool:
        return True

    def check(self, actor: Actor, thing: Any) -> Verdict:
        own = thing.place_path in actor.homes
        return YES if own else Verdict(False, self.reason if actor.id else SIGN_IN)

    def clause(self, actor: Actor, model: Any) -> Condition:
        inside: Condition = model.place_path.in_(actor.homes) if actor.homes else sa.false()
        return inside

    def holders(self, thing: Any) -> Condition:
        assert directory.belonging
        return directory.belonging(thing.place_path, clock.today())


home = _Home()
