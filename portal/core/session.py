"""The session of an application context, on one connection in one transaction.

Rows of columns are read and written past the session (`core.db.read`, `write`), entities through it, and each must see
what the other did. So the context holds one connection with one transaction, and the session joins it when an entity
is asked for. A request without entities pays nothing for the machinery of the session.
"""

from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy.session import Session
from sqlalchemy.exc import PendingRollbackError
from sqlalchemy.orm import SessionTransaction

from .engine import READING


class OneConnection(Session):
    """`line` is the connection. Ending the session's transaction by any of its own words ends the line's too."""

    _held: sa.Connection | None = None
    _begun: sa.Transaction | None = None
    _own = False

    def line(self, begins: str = READING) -> sa.Connection:
        """The connection, in its transaction; to begin one for writing is only for the door in `db`.

        Raises PendingRollbackError after an error that ended the transaction on its own.
        """
        if self._begun is None:
            held = self._hold()
            if begins != held.get_execution_options().get("begins"):
                held.execution_options(begins=begins)
            self._begun = held.begin_nested() if held.in_transaction() else held.begin()
            return held
        if not self._begun.is_active:
            raise PendingRollbackError("the transaction has ended with an error; roll it back first")
        assert self._held is not None
        return self._held

    def get_bind(self, *given: Any, bind: Any = None, clause: Any = None, **more: Any) -> Any:
        """There is one database: everything goes over the line, and what writes only inside an action."""
        if getattr(clause, "is_dml", False) and not self.info.get("writing"):
            raise AssertionError("something was changed outside an action")
        return self.line() if bind is None else bind

    def in_transaction(self) -> bool:
        return self._begun is not None or super().in_transaction()

    def begin_nested(self) -> SessionTransaction:
        """A savepoint on the line at once, so that it holds for rows as well."""
        inner = super().begin_nested()
        self.connection()
        return inner

    def commit(self) -> None:
        if super().in_transaction() or self.new or self.dirty or self.deleted:
            super().commit()
        if self._begun is not None:
            self._begun.commit()
            self._begun = None

    def rollback(self) -> None:
        if super().in_transaction():
            super().rollback()
        elif self._begun is not None:
            self.expire_all()
        self._let_go()

    def close(self) -> None:
        super().close()
        self._let_go()
        held, self._held = self._held, None
        if held is not None and self._own:
            held.close()

    def _hold(self) -> sa.Connection:
        """Of the engine; in tests a connection whose transaction is theirs, in which ours are savepoints."""
        if self._held is None:
            bind: sa.Engine | sa.Connection = self._db.engines[None]
            self._own = isinstance(bind, sa.Engine)
            self._held = bind.connect() if isinstance(bind, sa.Engine) else bind
        return self._held

    def _let_go(self) -> None:
        begun, self._begun = self._begun, None
        if begun is not None and begun.is_active:
            begun.rollback()
