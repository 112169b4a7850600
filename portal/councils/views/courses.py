"""The page on which it is settled what a topic goes through before the owners vote on it."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from .. import phases
from ..actions.settling import set_course
from ..courses import COURSE_WORD, PHASE_NOTE, PHASE_WORD, USUAL, Course, Phase, usual
from ..forms import CourseForm
from ..models import Topic
from ..policy import Can

routes = Routes("courses")
COURSE = "/topics/<int:topic_id>/course"


@routes.get(COURSE, may=Can.SET_COURSE, of=Topic)
def edit(actor: Actor, topic: Topic) -> ResponseReturnValue:
    known = phases.settled(phases.of_topic(topic.id))
    if known:
        return _asked(topic, CourseForm(**known._asdict()))
    expected = usual(topic.category)
    course = next((c for c in Course if expected and USUAL[c] == expected), Course.OTHER)
    return _asked(topic, CourseForm(course=course.value, phases=[phase.value for phase in expected]))


@routes.post(COURSE, may=Can.SET_COURSE, of=Topic)
def update(actor: Actor, topic: Topic) -> ResponseReturnValue:
    form = CourseForm()
    if form.validate_on_submit():
        with form.catching():
            set_course(
                actor,
                topic,
                course=Course(form.course.data),
                phases=[Phase(word) for word in form.phases.data or ()],
                because=form.because.data,
            )
            flash(_("步骤定好了，大家在议题里看得到。"))
            return go("topics.show", topic_id=topic.id)
    return _asked(topic, form, 422)


def _asked(topic: Any, form: CourseForm, status: int = 200) -> ResponseReturnValue:
    usually = {
        course.value: _("、").join(_(PHASE_WORD[phase]) for phase in USUAL[course]) for course in COURSE_WORD
    }
    notes = {phase.value: _(note) for phase, note in PHASE_NOTE.items()}
    return page(
        "councils/courses/edit.html",
        status,
        block="course_form",
        topic=topic,
        form=form,
        usually=usually,
        notes=notes,
    )
