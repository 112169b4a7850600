"""Finding a thing by the number in its address, among the rows that the actor may see and nowhere else."""

from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from . import access
from .access import Condition
from .actor import Actor
from .columns import LARGEST_ID
from .db import db
from .errors import NotVisible
from .prepared import prepared

T = TypeVar("T", covariant=True)


class At(Generic[T]):
    """A thing by its address alone, for a form that comes thousands of times an evening. The view hands it on unread;
    the action finds it, holds it and has what its rules look at in one statement of columns (`hold`)."""

    def __init__(self, id: int) -> None:
        self.id = id
        self._found: T | None = None

    @property
    def found(self) -> T:
        """The thing as the action found it. Raises NotVisible before that."""
        if self._found is None:
            raise NotVisible()
        return self._found

    def lock(self, actor: Actor, *, share: bool) -> T:
        """The thing as it is now, held until the end of the transaction. Raises NotVisible."""
        self._found = None if self.id > LARGEST_ID else self.hold(actor, share=share)
        return self.found

    def hold(self, actor: Actor, *, share: bool) -> T | None:
        """Read the row under a lock if the actor may see it."""
        raise NotImplementedError


def visible(actor: Actor, model: type[Any], id: int) -> Any:
    """The row with this number among those the actor may see, or None."""
    if id > LARGEST_ID:
        return None
    return db.session.scalar(_found(model, access.rows(actor, model)), {"id": id})


@prepared
def _found(model: Any, seen: Condition) -> sa.Select[Any]:
    return sa.select(model).where(model.id == sa.bindparam("id"), seen)
