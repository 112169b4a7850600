"""The pages of questionnaires: the list, writing one, the questionnaire itself, opening, closing, taking back."""

from datetime import timedelta
from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, NotVisible
from ...core.exports import listed
from ...core.finding import visible
from ...core.numbers import row_number
from ...core.pages import go, page
from ...core.routing import PUBLIC, Routes
from ...core.text import _
from ...councils.models import Topic
from ...places.models import Place
from ...places.queries.tree import place_of_post
from ..actions.closing import close_questionnaire, cut_short, withdraw_questionnaire
from ..actions.drafting import Wording, amend_questionnaire, draft_questionnaire, open_questionnaire
from ..events import QuestionnaireOpened
from ..forms import Marked, ReasonForm, SurveyForm, rows_of
from ..lifecycle import SURVEY
from ..listings import SURVEYS
from ..models import Questionnaire
from ..policy import Can, asks
from ..queries.pages import survey_page
from ..queries.places import places_under
from ..queries.reach import how_many, questions_of
from ..words import Per, SurveyState

routes = Routes("surveys")
USUAL_DAYS, USUAL_HOUR = 10, 20
HERE = "/surveys/<int:questionnaire_id>"


def _start(actor: Actor) -> Place | None:
    """The widest place that the actor may ask at."""
    return place_of_post(actor, asks.roles)


@routes.get("/surveys", may=PUBLIC)
def index(actor: Actor) -> ResponseReturnValue:
    return listed(SURVEYS, actor, request.args, "surveys/index.html", asks=bool(asks.facts(actor)))


@routes.get("/surveys/new", may=Can.DRAFT, of=_start)
def new(actor: Actor, start: Place) -> ResponseReturnValue:
    topic = _topic(actor)
    evening = clock.at(actor.today + timedelta(days=USUAL_DAYS), USUAL_HOUR)
    form = SurveyForm(places_under(start.place_path), per=Per.HOUSEHOLD.value, closes_at=evening)
    if topic is not None:
        form.title.data = topic.title
    return page("surveys/new.html", form=form, topic=topic)


@routes.post("/surveys/new", may=Can.DRAFT, of=_start)
def create(actor: Actor, start: Place) -> ResponseReturnValue:
    form, topic = SurveyForm(places_under(start.place_path)), _topic(actor)
    if form.validate_on_submit():
        with form.catching():
            place = db.session.get(Place, form.place_id.data)
            if place is None:
                raise NotVisible()
            made = draft_questionnaire(actor, place, wording=_wording(form), once=form.once.data, topic=topic)
            return go("surveys.show", questionnaire_id=made.id)
    return page("surveys/new.html", 422, block="survey_form", form=form, topic=topic)


@routes.get(HERE, may=Can.SEE, of=survey_page)
def show(actor: Actor, survey: Any) -> ResponseReturnValue:
    if survey.state is SurveyState.DRAFT:
        unmet = SURVEY.unmet(actor, survey, QuestionnaireOpened)
        return page("surveys/draft.html", survey=survey, size=how_many(survey, actor.today), unmet=unmet)
    return page("surveys/show.html", survey=survey, step="choose", marked=Marked())


@routes.get(HERE + "/edit", may=Can.AMEND, of=Questionnaire)
def edit(actor: Actor, survey: Questionnaire) -> ResponseReturnValue:
    form = SurveyForm(obj=survey, data={"questions": rows_of(questions_of(survey.id))})
    return page("surveys/edit.html", survey=survey, form=form)


@routes.post(HERE + "/edit", may=Can.AMEND, of=Questionnaire)
def update(actor: Actor, survey: Questionnaire) -> ResponseReturnValue:
    form = SurveyForm()
    if form.validate_on_submit():
        with form.catching(Conflict):
            amend_questionnaire(actor, survey, wording=_wording(form), version=form.version.data)
            return go("surveys.show", questionnaire_id=survey.id)
        form.version.data = survey.version
    return page("surveys/edit.html", 422, block="survey_form", survey=survey, form=form)


@routes.post(HERE + "/opening", may=Can.OPEN, of=Questionnaire, back="surveys.show")
def opening(actor: Actor, survey: Questionnaire) -> ResponseReturnValue:
    open_questionnaire(actor, survey)
    flash(_("问卷开始了，一共问 %(n)d 份。", n=survey.asked))
    return go("surveys.show", questionnaire_id=survey.id)


@routes.post(HERE + "/closure", may=Can.CLOSE, of=Questionnaire, back="surveys.show")
def closure(actor: Actor, survey: Questionnaire) -> ResponseReturnValue:
    close_questionnaire(actor, survey)
    return go("surveys.show", questionnaire_id=survey.id)


@routes.get(HERE + "/cutting", may=Can.CUT_SHORT, of=Questionnaire)
def ask_cutting(actor: Actor, survey: Questionnaire) -> ResponseReturnValue:
    return page("surveys/cutting.html", survey=survey, form=ReasonForm())


@routes.post(HERE + "/cutting", may=Can.CUT_SHORT, of=Questionnaire)
def cutting(actor: Actor, survey: Questionnaire) -> ResponseReturnValue:
    form = ReasonForm()
    if form.validate_on_submit():
        with form.catching():
            cut_short(actor, survey, reason=form.reason.data)
            flash(_("问卷提前截止了，不再收答卷。"))
            return go("surveys.show", questionnaire_id=survey.id)
    return page("surveys/cutting.html", 422, block="reason_form", survey=survey, form=form)


@routes.get(HERE + "/withdrawal", may=Can.WITHDRAW, of=Questionnaire)
def ask_withdrawal(actor: Actor, survey: Questionnaire) -> ResponseReturnValue:
    return page("surveys/withdrawal.html", survey=survey, form=ReasonForm())


@routes.post(HERE + "/withdrawal", may=Can.WITHDRAW, of=Questionnaire)
def withdrawal(actor: Actor, survey: Questionnaire) -> ResponseReturnValue:
    form = ReasonForm()
    if form.validate_on_submit():
        with form.catching():
            withdraw_questionnaire(actor, survey, reason=form.reason.data)
            flash(_("问卷撤回了，收到的答卷不再数。"))
            return go("surveys.show", questionnaire_id=survey.id)
    return page("surveys/withdrawal.html", 422, block="reason_form", survey=survey, form=form)


def _topic(actor: Actor) -> Topic | None:
    """The topic that the address names, if the actor sees it."""
    number = row_number(request.args.get("topic"))
    found: Topic | None = visible(actor, Topic, number) if number else None
    return found


def _wording(form: SurveyForm) -> Wording:
    assert form.closes_at.data is not None
    return Wording(
        title=form.title.data,
        why=form.why.data,
        used_for=form.used_for.data,
        per=Per(form.per.data),
        closes_at=form.closes_at.data,
        questions=form.asked,
        quota=form.quota.data,
    )
