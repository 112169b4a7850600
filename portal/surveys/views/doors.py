"""At the doors: the list of households, one sheet a door, who knocks, and the sheet on paper."""

from typing import Any
from uuid import uuid4

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...accounts.models import Relation
from ...accounts.words import RELATIONS
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid, NotVisible
from ...core.numbers import row_number
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _, choices
from .. import rules
from ..actions.visiting import enter_sheet, knock, name_visitor, release_visitor
from ..forms import Marked, VisitorForm, marked_on
from ..models import Questionnaire
from ..policy import Can
from ..queries.doors import door_of, doors_of, visitors_of
from ..queries.pages import survey_page
from ..queries.results import coverage
from ..words import Channel, Knock

routes = Routes("survey_doors")
HERE = "/surveys/<int:questionnaire_id>"
DOOR = HERE + "/doors/<int:unit_id>"
VISITOR = HERE + "/visitors/<int:user_id>/release"


def _at_door(actor: Actor, questionnaire_id: int, unit_id: int) -> Any:
    """The questionnaire's page with one of its households; None if either is not there."""
    survey = survey_page(actor, questionnaire_id)
    door = door_of(survey, unit_id) if survey else None
    if survey is None or door is None:
        return None
    survey.door = door
    return survey


@routes.get(HERE + "/doors", may=Can.VISIT, of=survey_page)
def index(actor: Actor, survey: Any) -> ResponseReturnValue:
    buildings = coverage(survey)
    short = {b.id: rules.short_of(survey.quota if b.id else None, b.units, b.answered) for b in buildings}
    asked = row_number(request.args.get("building"))
    known = [b.id for b in buildings]
    chosen = asked if asked in known else next((b for b in known if short[b]), known[0] if known else 0)
    doors = doors_of(survey, chosen)
    return page(
        "surveys/doors.html",
        survey=survey,
        buildings=buildings,
        short=short,
        chosen=chosen,
        doors=doors,
        next=rules.next_door([line.door for line in doors]),
    )


@routes.get(DOOR, may=Can.VISIT, of=_at_door)
def show(actor: Actor, survey: Any) -> ResponseReturnValue:
    return _door(survey, Marked(once=uuid4().hex))


@routes.post(DOOR, may=Can.VISIT, of=_at_door)
def enter(actor: Actor, survey: Any) -> ResponseReturnValue:
    marked = marked_on(request.form, len(survey.questions))
    relation, channel = request.form.get("relation", ""), request.form.get("channel", "")
    faults = [] if relation in list(Relation) else [("relation-0", _("请选答的人在这里是什么身份。"))]
    if channel not in (Channel.DOOR, Channel.PAPER):
        faults.append(("channel-0", _("请选是上门问的还是纸质问卷。")))
    if not faults:
        try:
            enter_sheet(
                actor,
                _row(survey),
                unit_id=survey.door.id,
                marked=marked.answers,
                relation=Relation(relation),
                channel=Channel(channel),
                once=marked.once,
            )
        except Invalid as refusal:
            faults.append((f"{refusal.field}-0", str(refusal)))
        else:
            flash(_("%(door)s的答卷录好了。", door=survey.door.label))
            return _on(survey)
    return _door(survey, marked, faults, relation, channel, 422)


@routes.post(DOOR + "/knock", may=Can.VISIT, of=_at_door, back="survey_doors.show")
def knocking(actor: Actor, survey: Any) -> ResponseReturnValue:
    came = request.form.get("came", "")
    if came not in list(Knock):
        raise NotVisible()
    before = row_number(request.form.get("before")) or 0
    knock(actor, _row(survey), unit_id=survey.door.id, came=Knock(came), before=before)
    return _on(survey)


@routes.get(HERE + "/visitors", may=Can.NAME_VISITORS, of=Questionnaire)
def visitors(actor: Actor, survey: Questionnaire) -> ResponseReturnValue:
    return page("surveys/visitors.html", survey=survey, form=VisitorForm(), visitors=visitors_of(survey.id))


@routes.post(HERE + "/visitors", may=Can.NAME_VISITORS, of=Questionnaire)
def name(actor: Actor, survey: Questionnaire) -> ResponseReturnValue:
    form = VisitorForm()
    if form.validate_on_submit():
        with form.catching():
            name_visitor(actor, survey, phone=form.phone.data)
            return go("survey_doors.visitors", questionnaire_id=survey.id)
    found = visitors_of(survey.id)
    return page("surveys/visitors.html", 422, block="visitor_form", survey=survey, form=form, visitors=found)


@routes.post(VISITOR, may=Can.NAME_VISITORS, of=Questionnaire, back="survey_doors.visitors")
def release(actor: Actor, survey: Questionnaire, user_id: int) -> ResponseReturnValue:
    release_visitor(actor, survey, user_id=user_id)
    return go("survey_doors.visitors", questionnaire_id=survey.id)


@routes.get(HERE + "/paper", may=Can.SEE, of=survey_page)
def paper(actor: Actor, survey: Any) -> ResponseReturnValue:
    """The questionnaire on A4 with boxes to tick."""
    return page("surveys/paper.html", survey=survey, relations=choices(RELATIONS))


def _row(survey: Any) -> Questionnaire:
    return db.session.get_one(Questionnaire, survey.id)


def _on(survey: Any) -> ResponseReturnValue:
    """Back to the list of the same building, where the next door stands first."""
    building = request.form.get("building", "")
    return go("survey_doors.index", questionnaire_id=survey.id, building=row_number(building) or 0)


def _door(
    survey: Any,
    marked: Marked,
    faults: list[tuple[str, str]] | None = None,
    relation: str = "",
    channel: str = Channel.DOOR,
    status: int = 200,
) -> ResponseReturnValue:
    return page(
        "surveys/door.html",
        status,
        block="sheet",
        survey=survey,
        marked=marked,
        faults=faults or [],
        relation=relation,
        channel=channel,
        relations=choices(RELATIONS),
        building=row_number(request.values.get("building")) or 0,
    )
