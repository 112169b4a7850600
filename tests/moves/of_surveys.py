"""Questionnaires in every state, before and after their hour: for people, and for households asked at their doors."""

from dataclasses import replace
from typing import Any

from portal.accounts.models import Relation, User
from portal.core import clock
from portal.places.models import Place
from portal.surveys import events as e
from portal.surveys.actions import answering, closing, drafting, publishing, visiting
from portal.surveys.models import Questionnaire
from portal.surveys.words import Channel, Knock, Per, SurveyState
from tests.moves.of_votes import same
from tests.moves.trying import Attempt, Case, Family, Stage
from tests.surveys.conftest import AFTER, WORDING
from tests.world import World

S = SurveyState
TEXT = 4
"""The question that is answered in words."""


def _to(world: World, per: Per, state: SurveyState) -> Questionnaire:
    """A questionnaire taken as far as this state by those who may."""
    wording = replace(WORDING, per=per)
    survey = drafting.draft_questionnaire(
        world.secretary, world.get(Place, "estate"), wording=wording, once="survey"
    )
    if state is S.DRAFT:
        return survey
    drafting.open_questionnaire(world.secretary, survey)
    if per is Per.PERSON:
        answering.answer_questionnaire(world.actor("chair"), survey, marked={0: ["1"]}, once="sheet")
    else:
        visiting.name_visitor(world.secretary, survey, phone=world.get(User, "tenant").phone)
    if state is S.WITHDRAWN:
        closing.withdraw_questionnaire(world.secretary, survey, reason="问法有歧义")
    if state in (S.CLOSED, S.PUBLISHED):
        with clock.frozen(AFTER):
            closing.close_questionnaire(world.secretary, survey)
            if state is S.PUBLISHED:
                publishing.publish_questionnaire(world.secretary, survey)
    return survey


def build(per: Per) -> Any:
    def make(world: World, case: Case) -> Stage:
        stage = Stage(world, case, [_to(world, per, S(case.state))])
        if case.state in (S.CLOSED, S.PUBLISHED):
            chosen = publishing.choose_remark(
                world.secretary, stage.main, position=TEXT, text="晚一点关门", once="first"
            )
            stage.made["remark"] = chosen.id
        return stage

    return make


def survey(stage: Stage) -> Any:
    return stage.main


def place(stage: Stage) -> Any:
    return stage.world.get(Place, "estate")


def remark(stage: Stage) -> dict[str, Any]:
    """A text that was chosen before; where there can be none, a number that is none."""
    return {"remark_id": stage.made.get("remark", 0)}


def door(stage: Stage) -> dict[str, Any]:
    return {"unit_id": stage.world.ids["202"]}


def sheet(stage: Stage) -> dict[str, Any]:
    said = {"marked": {0: ["0"]}, "relation": Relation.TENANT, "channel": Channel.DOOR}
    return {**door(stage), **said, "once": "door"}


EVERY = [Case(state, late=late) for state in S for late in (False, True)]
WHY = same(reason="问法有歧义")

SURVEYS = Family(
    "questionnaire",
    AFTER,
    EVERY,
    build(Per.PERSON),
    [
        Attempt(
            drafting.amend_questionnaire, survey, same(wording=replace(WORDING, title="改过"), version=0)
        ),
        Attempt(drafting.open_questionnaire, survey, timed=True, event=e.QuestionnaireOpened),
        Attempt(answering.answer_questionnaire, survey, same(marked={0: ["0"]}, once="s"), timed=True),
        Attempt(closing.close_questionnaire, survey, timed=True, event=e.QuestionnaireClosed),
        Attempt(closing.cut_short, survey, WHY, timed=True),
        Attempt(closing.withdraw_questionnaire, survey, WHY),
        Attempt(publishing.publish_questionnaire, survey, event=e.QuestionnairePublished),
        Attempt(publishing.choose_remark, survey, same(position=TEXT, text="晚一点关门", once="r")),
        Attempt(publishing.drop_remark, survey, remark),
        Attempt(drafting.draft_questionnaire, place, same(wording=WORDING, once="d")),
        Attempt(publishing.act_on, survey, same(text="开了两个班。", address="", once="a")),
    ],
)
DOORS = Family(
    "questionnaire of households",
    AFTER,
    EVERY,
    build(Per.HOUSEHOLD),
    [
        Attempt(visiting.enter_sheet, survey, sheet, timed=True),
        Attempt(visiting.knock, survey, lambda s: {**door(s), "came": Knock.NOT_HOME}, timed=True),
        Attempt(visiting.name_visitor, survey, lambda s: {"phone": s.world.get(User, "owner").phone}),
        Attempt(visiting.release_visitor, survey, lambda s: {"user_id": s.world.ids["tenant"]}),
    ],
)
