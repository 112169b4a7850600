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

T = TypeVar("T")


class At(Generic[T]):
    """A thing by its address alone. A view hands it on unread; the action finds it, checks and locks it in one
    statement, which saves a write that is done thousands of times an evening its second reading of the row."""

    def __init__(self, model: type[T], id: int) -> None:
        self.model, self.id = model, id
        self._found: T | None = None

    @property
    def found(self) -> T:
        """The row as the action found it. Raises NotVisible before that."""
        if self._found is None:
            raise NotVisible()
        return self._found

    def lock(self, actor: Actor, *, share: bool) -> T:
        """The row as it is now, held until the end of the transaction. Raises NotVisible."""
        self._found = (
            None if self.id > LARGEST_ID else _one(actor, self.model, self.id, "share" if share else "alone")
        )
        return self.found


def visible(actor: Actor, model: type[Any], id: int) -> Any:
    """The row with this number among those the actor may see, or None."""
    return None if id > LARGEST_ID else _one(actor, model, id, "")


def _one(actor: Actor, model: Any, id: int, held: str) -> Any:
    return db.session.scalar(
        _found(model, access.rows(actor, model), held),
        {"id": id},
        execution_options={"populate_existing": bool(held)},
    )


@prepared
def _found(model: Any, seen: Condition, held: str) -> sa.Select[Any]:
    statement = sa.select(model).where(model.id == sa.bindparam("id"), seen)
    return statement.with_for_update(read=held == "share", of=model) if held else statement
