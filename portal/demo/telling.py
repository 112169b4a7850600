"""Telling: every deed at its hour, by its person, through its action."""

from collections.abc import Iterable

from ..accounts import identity
from ..accounts.actions.acting import end_acting, start_acting
from ..accounts.models import User, Way
from ..core import clock, ticks
from ..core.actor import Actor, system
from ..core.db import db
from .plan import AT_TABLE, CLOCK, Deed
from .told import Told, TopicTold, VoteTold
from .verbs import VERBS, VOTE_VERBS

ASKED = "本人口述，请工作人员代写"


def tell(told: Told, deeds: Iterable[Deed]) -> None:
    """Do all deeds in order. Raises whatever an action refuses: then the story breaks a rule."""
    for deed in deeds:
        with clock.frozen(deed.at):
            if deed.verb == CLOCK:
                _tick()
            elif deed.verb == AT_TABLE:
                assert deed.fields is not None
                deed.fields["do"](told)
            else:
                _do(told, deed)


def _tick() -> None:
    """What `flask tick` does, within the one transaction of the telling."""
    for job in ticks.JOBS.values():
        job(system())


def _do(told: Told, deed: Deed) -> None:
    assert deed.fields is not None
    try:
        for_whom = deed.fields.get("for")
        if for_whom is None:
            _by(told, deed, told.actor(deed.who))
        else:
            _for_somebody(told, deed, for_whom)
    except Exception as error:
        error.add_note(
            f"{deed.story}: {deed.who} {deed.verb} {deed.at:%Y-%m-%d %H:%M} {deed.fields.get('id', '')}"
        )
        raise


def _by(told: Told, deed: Deed, actor: Actor) -> None:
    assert deed.fields is not None
    if deed.verb in VOTE_VERBS:
        vote = told.votes.setdefault(deed.story, VoteTold())
        VOTE_VERBS[deed.verb](told, vote, actor, deed.fields)
    else:
        topic = told.topics.setdefault(deed.story, TopicTold())
        VERBS[deed.verb](told, topic, actor, deed.fields)


def _for_somebody(told: Told, deed: Deed, key: str) -> None:
    """Staff do it for a person who asked for it at a visit."""
    clerk, number = told.actor(deed.who), told.people[key]
    acting = start_acting(clerk, db.session.get_one(User, number), way=Way.VISIT, reason=ASKED)
    assert clerk.id is not None
    both = identity.load([number, clerk.id])
    _by(told, deed, identity.actor_of(both[number], entered_by=both[clerk.id]))
    end_acting(clerk, acting)
