"""Telling: every deed at its hour, by its person, through its action."""

import logging
from collections import Counter
from collections.abc import Iterable

from ..accounts.actions.acting import end_acting, start_acting
from ..accounts.models import Acting, Way
from ..core import clock, ticks
from ..core.actor import Actor, system
from ..core.db import db
from .ground import account, present
from .plan import CLOCK, Deed
from .told import Told, TopicTold
from .verbs import VERBS

log = logging.getLogger("portal.demo")
ASKED = "本人口述，请工作人员代写"


def tell(told: Told, deeds: Iterable[Deed]) -> Counter[str]:
    """Do all deeds in order. Returns the verbs that no feature of this portal has, with how often they were left out.

    Raises whatever an action refuses: a story that breaks a rule is a mistake in the story.
    """
    left_out: Counter[str] = Counter()
    for deed in deeds:
        with clock.frozen(deed.at):
            if deed.verb == CLOCK:
                _tick()
            elif deed.verb in VERBS:
                _do(told, deed)
            else:
                left_out[deed.verb] += 1
    return left_out


def _tick() -> None:
    """What `flask tick` does, within the one transaction of the telling."""
    for job in ticks.JOBS.values():
        job(system())


def _do(told: Told, deed: Deed) -> None:
    assert deed.fields is not None
    of = told.topics.setdefault(deed.story, TopicTold())
    try:
        for_whom = deed.fields.get("for")
        if for_whom is None:
            VERBS[deed.verb](told, of, present(told.people[deed.who]), deed.fields)
        else:
            _for_somebody(told, of, deed, told.people[for_whom])
    except Exception as error:
        error.add_note(
            f"{deed.story}: {deed.who} {deed.verb} {deed.at:%Y-%m-%d %H:%M} {deed.fields.get('id', '')}"
        )
        raise


def _for_somebody(told: Told, of: TopicTold, deed: Deed, person_id: int) -> None:
    """Staff do it for a person who asked for it at a visit."""
    assert deed.fields is not None
    staff_id = told.people[deed.who]
    acting = start_acting(present(staff_id), account(person_id), way=Way.VISIT, reason=ASKED)
    VERBS[deed.verb](told, of, present(person_id, entered_by_id=staff_id), deed.fields)
    end_acting(present(staff_id), db.session.get_one(Acting, acting.id))


def actor(told: Told, key: str) -> Actor:
    return present(told.people[key])
