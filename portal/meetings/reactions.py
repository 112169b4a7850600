"""What meetings do by the clock: series plan their meetings some weeks ahead, and what nobody closed on its day is
closed. And what follows by itself: a topic that has its result is taken off agendas nobody has been called by."""

from ..core import ticks
from ..core.actor import Actor
from ..core.eventlog import on
from ..councils.events import TopicDecided, TopicPassedOn
from ..councils.models import Topic
from .actions.agendas import take_off
from .actions.questions import owe_replies
from .actions.repeating import plan_due
from .actions.running import lapse_due
from .events import MeetingClosed, MeetingLapsed
from .models import Meeting

ticks.add("meetings_plan_ahead", plan_due)
ticks.add("meetings_lapse", lapse_due)


@on(TopicDecided)
def decided(actor: Actor, topic: Topic, _decided: TopicDecided) -> None:
    take_off(actor, topic)


@on(TopicPassedOn)
def passed_on(actor: Actor, topic: Topic, _passed: TopicPassedOn) -> None:
    take_off(actor, topic)


@on(MeetingClosed)
def answer_in_writing(actor: Actor, meeting: Meeting, _closed: MeetingClosed) -> None:
    """Before the minutes begin, which say until when."""
    owe_replies(actor, meeting)


@on(MeetingLapsed)
def answer_all_the_same(actor: Actor, meeting: Meeting, _lapsed: MeetingLapsed) -> None:
    owe_replies(actor, meeting)
