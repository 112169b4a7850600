"""After the close: the result with its method, texts to choose from, what was done because of it, files."""

from typing import Any
from uuid import uuid4

from flask import Response, flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.exports import as_file
from ...core.hiding import hidden
from ...core.listing import Column
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import N_, _
from .. import box, telling
from ..actions.publishing import act_on, choose_remark, drop_remark, publish_questionnaire
from ..forms import OutcomeForm, RemarkForm
from ..models import Questionnaire
from ..policy import Can
from ..queries import results as queries
from ..queries.pages import survey_page
from ..queries.reach import questions_of

routes = Routes("survey_results")
HERE = "/surveys/<int:questionnaire_id>"
FILE = (
    Column(N_("题号"), lambda r: r["n"]),
    Column(N_("问题"), lambda r: r["question"]),
    Column(N_("哪些人"), lambda r: r["group"]),
    Column(N_("选项"), lambda r: r["option"]),
    Column(N_("份数"), lambda r: r["count"]),
    Column(N_("答了这一题的"), lambda r: r["answered"]),
    Column(N_("占多少"), lambda r: r["share"]),
)


@routes.get(HERE + "/result", may=Can.SEE_RESULT, of=survey_page)
def show(actor: Actor, survey: Any) -> ResponseReturnValue:
    by = request.args.get("by", "")[:12]
    buildings = queries.coverage(survey)
    return page(
        "surveys/result.html",
        survey=survey,
        told=_told(survey, by, buildings),
        by=by,
        ways=telling.ways(survey.questions),
        buildings=buildings,
        **queries.around(survey.id)._asdict(),
    )


@routes.get(HERE + "/result.csv", may=Can.SEE_RESULT, of=survey_page)
def result_csv(actor: Actor, survey: Any) -> ResponseReturnValue:
    return _file(survey, "csv")


@routes.get(HERE + "/result.xlsx", may=Can.SEE_RESULT, of=survey_page)
def result_xlsx(actor: Actor, survey: Any) -> ResponseReturnValue:
    return _file(survey, "xlsx")


@routes.post(HERE + "/publication", may=Can.PUBLISH, of=Questionnaire, back="surveys.show")
def publication(actor: Actor, survey: Questionnaire) -> ResponseReturnValue:
    publish_questionnaire(actor, survey)
    flash(_("结果公布了，大家都看得到。"))
    return go("survey_results.show", questionnaire_id=survey.id)


@routes.get(HERE + "/texts", may=Can.READ_TEXTS, of=Questionnaire)
def texts(actor: Actor, survey: Questionnaire) -> ResponseReturnValue:
    return _texts(survey)


@routes.post(HERE + "/texts", may=Can.READ_TEXTS, of=Questionnaire)
def choose(actor: Actor, survey: Questionnaire) -> ResponseReturnValue:
    form = RemarkForm()
    if form.validate_on_submit():
        with form.catching():
            choose_remark(
                actor, survey, position=form.position.data or 0, text=form.text.data, once=form.once.data
            )
            flash(_("这一段话公布了。"))
            return go("survey_results.texts", questionnaire_id=survey.id)
    return _texts(survey, 422, form)


@routes.post(
    HERE + "/texts/<int:remark_id>/dropping",
    may=Can.READ_TEXTS,
    of=Questionnaire,
    back="survey_results.texts",
)
def drop(actor: Actor, survey: Questionnaire, remark_id: int) -> ResponseReturnValue:
    drop_remark(actor, survey, remark_id=remark_id)
    return go("survey_results.texts", questionnaire_id=survey.id)


@routes.get(HERE + "/outcomes/new", may=Can.ACT_ON, of=Questionnaire)
def new_outcome(actor: Actor, survey: Questionnaire) -> ResponseReturnValue:
    return page("surveys/outcome.html", survey=survey, form=OutcomeForm())


@routes.post(HERE + "/outcomes/new", may=Can.ACT_ON, of=Questionnaire)
def outcome(actor: Actor, survey: Questionnaire) -> ResponseReturnValue:
    form = OutcomeForm()
    if form.validate_on_submit():
        with form.catching():
            act_on(actor, survey, text=form.text.data, address=form.address.data, once=form.once.data)
            return go("survey_results.show", questionnaire_id=survey.id)
    return page("surveys/outcome.html", 422, block="outcome_form", survey=survey, form=form)


def _told(survey: Any, by: str, buildings: list[queries.Building]) -> list[telling.Told]:
    names = {building.id: building.name for building in buildings}
    return telling.told(survey.questions, box.sheets(survey.id), by, names)


def _file(survey: Any, kind: str) -> Response:
    by = request.args.get("by", "")[:12]
    found = telling.rows(_told(survey, by, queries.coverage(survey)))
    return as_file(f"survey-{survey.id}", FILE, found, kind)


def _texts(survey: Questionnaire, status: int = 200, form: RemarkForm | None = None) -> ResponseReturnValue:
    questions = questions_of(survey.id)
    written = [
        (position, text, hidden(text, (), anonymous=True), uuid4().hex)
        for position, text in telling.texts(questions, box.sheets(survey.id))
    ]
    return page(
        "surveys/texts.html",
        status,
        survey=survey,
        questions=questions,
        written=written,
        remarks=queries.remarks_of(survey.id),
        form=form or RemarkForm(),
    )
