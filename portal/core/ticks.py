"""What the clock does: each feature registers a job that makes the moves whose hour has come.

`flask tick` runs them all, every minute or so. A tick that comes late, twice or from two machines at once does
no harm: guards read the clock themselves, and every move locks its row and looks at its state again.
"""

import logging
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from .actor import Actor, system
from .db import db
from .errors import Refusal

log = logging.getLogger("portal.tick")

S = TypeVar("S")
Job = Callable[[Actor], int]
"""(the portal itself, now) → how many things it moved. Finds what is due with a bounded query."""

JOBS: dict[str, Job] = {}


class Ran(NamedTuple):
    """What one job did: how many things it moved, or that it failed (the log says why)."""

    name: str
    moved: int
    failed: bool = False


def add(name: str, job: Job) -> None:
    """Register a job under a name of its own; rooms are imported more than once, jobs are registered once."""
    if JOBS.setdefault(name, job) is not job:
        raise LookupError(f"two jobs are called {name}")


def each(subjects: Iterable[S], verb: Callable[[S], object]) -> int:
    """Do `verb` to each subject, every one in its own transaction; how many it was done to.

    One that is refused (somebody was first, a guard stands in the way) does not keep the others waiting, nor does one
    that breaks; that is raised when all have had their turn, so that the job is seen to have failed.
    """
    done, broken = 0, None
    for subject in subjects:
        try:
            verb(subject)
        except Refusal as refusal:
            log.info("tick: refused %s", " ".join(refusal.reasons))
        except Exception as error:
            db.session.rollback()
            broken = broken or error
        else:
            done += 1
    if broken:
        raise broken
    return done


def run() -> list[Ran]:
    """Run every job once. A job that breaks is logged and does not keep the others from running."""
    return [_ran(name, job) for name, job in JOBS.items()]


def _ran(name: str, job: Job) -> Ran:
    try:
        return Ran(name, job(system()))
    except Exception:
        log.exception("tick: %s failed", name)
        return Ran(name, 0, failed=True)
    finally:
        db.session.rollback()
