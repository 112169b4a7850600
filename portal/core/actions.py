"""Actions: the verbs of the portal and its only writers."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa

from . import access
from .access import Permission
from .actor import Actor
from .db import db, lock, transaction
from .finding import At

S = TypeVar("S")
P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


def action(
    may: Permission, *, share: bool = False, after: Callable[[Any], object] | None = None
) -> Callable[[Callable[Concatenate[Actor, S, P], R]], Callable[Concatenate[Actor, S | At[S], P], R]]:
    """`(actor, subject, *, plain values)`: lock the subject (find it first if only its address is given), check the
    permission on its present state, run, and commit if outermost. `share` lets several run on the same subject at
    once (ballots of one poll), while an action that holds the subject alone (closing it) waits for them.
    `after` holds what the subject belongs to first, so that whoever comes from above and whoever comes from the subject
    hold both in one order and nobody waits in a circle.

    Raises NotVisible, NotAllowed and whatever the verb refuses; after a refusal nothing is written.
    """

    def wrap(verb: Callable[Concatenate[Actor, S, P], R]) -> Callable[Concatenate[Actor, S | At[S], P], R]:
        @wraps(verb)
        def run(actor: Actor, subject: S | At[S], /, *args: P.args, **values: P.kwargs) -> R:
            with transaction():
                if after is not None and not isinstance(subject, At):
                    after(subject)
                held = (
                    subject.lock(actor, share=share)
                    if isinstance(subject, At)
                    else lock(subject, share=share)
                )
                access.require(actor, may, held)
                return verb(actor, held, *args, **values)

        run.__dict__["may"] = may
        access.WRITING.add(may)
        return run

    return wrap


def store(*things: Any) -> None:
    """Put complete objects into the database; constraint errors surface here and nowhere else."""
    db.session.add_all(things)
    db.session.flush()


def made(model: type[T], once: str, **whose: int | None) -> T | None:
    """What the one-time key of a form has made already; `whose` is the column that is unique together with it."""
    return db.session.scalar(sa.select(model).filter_by(once=once, **whose))
