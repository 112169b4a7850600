"""Settling what a topic goes through before the owners vote on it."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from ..courses import CHOSEN, GATES, PHASE_WORD, Course, Phase, left_out
from ..events import CouncilCoursesSet, CourseCut, CourseSet
from ..models import Council, Topic, TopicCourse
from ..policy import Can


@action(Can.SET_COURSE)
def set_course(
    actor: Actor, topic: Topic, *, course: Course, phases: Collection[Phase], because: str = ""
) -> TopicCourse:
    """Choose a template and which of its phases a topic goes through; the plan is always one. Raises Invalid where a
    usual one is left out without a reason."""
    assert actor.id is not None
    own = db.session.get_one(Council, topic.council_id).courses
    missing = left_out(topic.category, course, phases, own)
    if missing and not because.strip():
        names = _("、").join(_(PHASE_WORD[phase]) for phase in missing)
        raise Invalid(
            _("这类事一般要走：%(names)s。不走的，请写明为什么，大家都看得到。", names=names), "because"
        )
    chosen = [phase.value for phase in GATES if phase in phases and phase in CHOSEN]
    known = db.session.scalar(sa.select(TopicCourse).where(TopicCourse.topic_id == topic.id))
    known = known or TopicCourse(topic_id=topic.id)
    known.course, known.phases = course, chosen
    known.because = because.strip() if missing else ""
    known.by_id, known.at = actor.id, actor.now
    store(known)
    record(actor, topic, CourseCut(len(missing)) if missing else CourseSet())
    return known


@action(Can.SET_USUAL)
def set_usual(actor: Actor, council: Council, *, courses: Mapping[Course, Collection[Phase]]) -> None:
    """What the topics of a council go through before the owners vote, by the kind of matter: every topic for which
    nobody settled something else inherits it, and whoever leaves a part out for one says why. What was settled for a
    topic stands."""
    council.courses = {
        course.value: [phase.value for phase in CHOSEN if phase in phases]
        for course, phases in courses.items()
    }
    record(actor, council, CouncilCoursesSet())
