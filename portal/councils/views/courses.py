"""The page on which it is settled what a topic goes through before the owners vote on it."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from .. import phases
from ..actions.settling import set_course, set_usual
from ..courses import OF_CATEGORY, PHASE_NOTE, Course, Own, Phase, in_words, of_course, usual
from ..forms import CourseForm, UsualForm
from ..models import Council, Topic
from ..policy import Can
from ..queries import council_of

routes = Routes("courses")
COURSE = "/topics/<int:topic_id>/course"
USUALLY = "/council/courses"


@routes.get(COURSE, may=Can.SET_COURSE, of=Topic)
def edit(actor: Actor, topic: Topic) -> ResponseReturnValue:
    row = phases.of_topic(topic.id)
    known, own = phases.settled(row), phases.own_of(row)
    if known:
        return _asked(topic, CourseForm(**known._asdict()), own)
    expected = usual(topic.category, own)
    course = OF_CATEGORY.get(topic.category, Course.OTHER)
    return _asked(topic, CourseForm(course=course.value, phases=[phase.value for phase in expected]), own)


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
    return _asked(topic, form, phases.own_of(phases.of_topic(topic.id)), 422)


@routes.get(USUALLY, may=Can.SET_USUAL, of=council_of)
def ask_usual(actor: Actor, council: Council) -> ResponseReturnValue:
    given = {course.value: [p.value for p in of_course(course, council.courses)] for course in Course}
    return page("councils/courses/usual.html", council=council, form=UsualForm(**given))


@routes.post(USUALLY, may=Can.SET_USUAL, of=council_of)
def usually(actor: Actor, council: Council) -> ResponseReturnValue:
    form = UsualForm()
    if form.validate_on_submit():
        set_usual(actor, council, courses=form.said)
        flash(_("定好了。还没有另外定过的议题，都照这个走。"))
        return go("council.show")
    return page("councils/courses/usual.html", 422, block="usual_form", council=council, form=form)


def _asked(topic: Any, form: CourseForm, own: Own, status: int = 200) -> ResponseReturnValue:
    usually = {course.value: words for course, words in in_words(own).items()}
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
