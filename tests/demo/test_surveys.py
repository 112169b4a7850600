"""The questionnaires of the demo: one that was published with 200 sheets, one that is open on its topic."""

import sqlalchemy as sa
from flask import Flask

from portal.core.db import db
from portal.demo.asked import CORNER, DAY_CARE, DOORS
from portal.surveys import box, results
from portal.surveys.models import Questionnaire, SurveyParticipation
from portal.surveys.queries.reach import questions_of
from portal.surveys.words import SurveyState


def test_two_hundred_doors_and_what_came_out(demo: Flask) -> None:
    survey = db.session.scalars(sa.select(Questionnaire).where(Questionnaire.title == DAY_CARE)).one()
    assert survey.state is SurveyState.PUBLISHED
    sheets = box.sheets(survey.id)
    assert len(sheets) == DOORS < survey.asked
    with_children = [sheet for sheet in sheets if sheet.answers[0] != 3]
    both = results.tally(questions_of(survey.id)[1], 1, with_children).counts[0]
    assert both is not None
    assert both > len(with_children) * 0.8


def test_one_is_open_on_its_topic(demo: Flask) -> None:
    survey = db.session.scalars(sa.select(Questionnaire).where(Questionnaire.title == CORNER)).one()
    assert survey.state is SurveyState.OPEN
    assert survey.topic_id
    came = sa.select(sa.func.count()).where(SurveyParticipation.questionnaire_id == survey.id)
    assert db.session.scalar(came)
