"""What earns points by itself, one line an event; and what points do by the clock.

Every line names a deed, and deeds know no vote and no rating: nothing here may ever hear of an event of a poll, of the
owners' vote or of somebody's opinion of somebody. A test looks at all that is registered.

Reports have no event yet: nothing in the portal tells that one was verified. Their rows of the table are of two people
until there is one.
"""

from typing import Any

from ..core import ticks
from ..core.actor import Actor
from ..core.eventlog import on
from ..councils.events import TopicDecided
from ..meetings.events import Attended
from ..surveys.events import QuestionnaireAnswered
from ..volunteering.events import HoursCorrected, ShiftConfirmed, TrainingConfirmed
from . import caps
from .actions.awarding import award
from .actions.following import follow
from .actions.lapsing import lapse_due, overdue
from .actions.sampling import draw_due
from .actions.spending import release
from .actions.warning import warn_due
from .words import Deed


@on(ShiftConfirmed)
def shift_confirmed(actor: Actor, shift: Any, confirmed: ShiftConfirmed) -> None:
    """Hours entered the book; points are thanks beside them, the hours stay what they are."""
    award(actor, shift, confirmed.user_id, Deed.HOUR, minutes=confirmed.minutes, team=_team(confirmed))


@on(TrainingConfirmed)
def training_confirmed(actor: Actor, sign_up: Any, trained: TrainingConfirmed) -> None:
    """Not for looking in: whoever leads a team could call two minutes a day a training of his friends."""
    if trained.minutes < caps.TRAINED:
        return
    award(actor, sign_up, trained.user_id, Deed.TRAINING, team=_team(trained))


@on(HoursCorrected)
def hours_corrected(actor: Actor, line: Any, mended: HoursCorrected) -> None:
    before = mended.stands - mended.minutes
    source = f"sign_up:{mended.sign_up_id}"
    follow(actor, line, mended.user_id, source, before=before, after=mended.stands, team=_team(mended))


def _team(served: ShiftConfirmed | TrainingConfirmed | HoursCorrected) -> str:
    return f"volunteer_team:{served.team_id}"


@on(Attended)
def attended(actor: Actor, meeting: Any, held: Attended) -> None:
    """Whoever came himself to a meeting that was held; not for one that was called off after the door was opened."""
    for user_id in held.user_ids:
        award(actor, meeting, user_id, Deed.MEETING)


@on(TopicDecided)
def topic_decided(actor: Actor, topic: Any, _decided: TopicDecided) -> None:
    """Whoever proposed it, whatever was decided; but not who decides it himself."""
    if actor.id is not None and topic.author_id in (actor.id, actor.entered_by):
        return
    award(actor, topic, topic.author_id, Deed.ADOPTED)


@on(QuestionnaireAnswered)
def questionnaire_answered(actor: Actor, box: Any, _answered: QuestionnaireAnswered) -> None:
    """That he answered, never what. Off unless staff switch it on."""
    award(actor, box, actor.id, Deed.SURVEY)


def release_overdue(actor: Actor) -> int:
    """The clock: give back what is held long past its hour."""
    return ticks.each(overdue(actor), lambda held: release(actor, held, key=f"overdue:{held.id}"))


ticks.add("points_warn", warn_due)
ticks.add("points_lapse", lapse_due)
ticks.add("points_release", release_overdue)
ticks.add("points_sample", draw_due)
