"""The sheet: answer, look once more, thanks. Three taps, each an ordinary form."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Invalid, NotVisible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from .. import rules
from ..actions.answering import answer_questionnaire
from ..forms import Marked, marked_on, unit_fault
from ..models import Questionnaire
from ..policy import Can
from ..queries.pages import survey_page
from ..words import FLAW_WORD, Per

routes = Routes("answers_of")
HERE = "/surveys/<int:questionnaire_id>"


@routes.post(HERE + "/review", may=Can.ANSWER, of=survey_page, back="surveys.show")
def review(actor: Actor, survey: Any) -> ResponseReturnValue:
    """Nothing is written: they see once more what they answered."""
    marked = marked_on(request.form, len(survey.questions))
    if not survey.asks_me:
        return go("surveys.show", questionnaire_id=survey.id)
    if request.form.get("back"):
        return page("surveys/show.html", survey=survey, step="choose", marked=marked)
    answers, flaws = rules.sheet(survey.questions, marked.answers)
    faults = [(f"q{position}-0", _(FLAW_WORD[flaw])) for position, flaw in flaws.items()]
    if not answers and not faults:
        faults.append(("q0-0", _("一题也没答，请至少答一题。")))
    if survey.per is Per.HOUSEHOLD and marked.unit_id not in {home.id for home in survey.homes}:
        faults.insert(0, unit_fault())
    if faults:
        return _mend(survey, marked, faults)
    return page("surveys/show.html", survey=survey, step="review", marked=marked, answers=answers)


@routes.post(HERE + "/answers", may=Can.ANSWER, of=Questionnaire, back="surveys.show")
def send(actor: Actor, survey: Questionnaire) -> ResponseReturnValue:
    shown = _shown(actor, survey.id)
    marked = marked_on(request.form, len(shown.questions))
    try:
        answer_questionnaire(actor, survey, marked=marked.answers, unit_id=marked.unit_id, once=marked.once)
    except Invalid as refusal:
        return _mend(_shown(actor, survey.id), marked, [(f"{refusal.field}-0", str(refusal))])
    return go("answers_of.thanks", questionnaire_id=survey.id)


@routes.get(HERE + "/thanks", may=Can.SEE, of=survey_page)
def thanks(actor: Actor, survey: Any) -> ResponseReturnValue:
    return page("surveys/thanks.html", survey=survey)


def _shown(actor: Actor, questionnaire_id: int) -> Any:
    found = survey_page(actor, questionnaire_id)
    if found is None:
        raise NotVisible()
    return found


def _mend(survey: Any, marked: Marked, faults: list[tuple[str, str]]) -> ResponseReturnValue:
    """The sheet comes back with what was answered and what to mend."""
    return page(
        "surveys/show.html", 422, block="sheet", survey=survey, step="choose", marked=marked, faults=faults
    )
