"""Questionnaires of an estate: drafted, open, for households and for people."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from portal.councils.actions.raising import raise_topic
from portal.councils.actions.table import found_council
from portal.councils.models import Topic
from portal.councils.words import Category
from portal.places.models import Place
from portal.surveys.actions.answering import answer_questionnaire
from portal.surveys.actions.drafting import Wording, draft_questionnaire, open_questionnaire
from portal.surveys.models import Questionnaire
from portal.surveys.rules import Asked
from portal.surveys.words import Kind, Per
from tests.world import NOW, World

CLOSES = NOW + timedelta(days=3)
AFTER = CLOSES + timedelta(minutes=1)
QUESTIONS = (
    Asked(Kind.ONE, "暑假要不要办托管班", True, ("要", "不要")),
    Asked(Kind.SEVERAL, "想开什么课", False, ("书法", "篮球", "编程"), 2),
    Asked(Kind.SCALE, "现在的活动您满意吗", False, ("不满意", "满意")),
    Asked(Kind.NUMBER, "家里有几个孩子"),
    Asked(Kind.TEXT, "还想说什么"),
)
WORDING = Wording(
    title="暑期托管班怎么办",
    why="双职工家庭的孩子暑假没有人带。",
    used_for="定开几个班、开什么课。",
    per=Per.HOUSEHOLD,
    closes_at=CLOSES,
    questions=QUESTIONS,
)

Draft = Callable[..., Questionnaire]


@pytest.fixture
def drafted(world: World) -> Draft:
    """A questionnaire as somebody writes it: `drafted(per=Per.PERSON)`."""
    made = 0

    def draft(by: str = "secretary", place: str = "estate", **given: object) -> Questionnaire:
        nonlocal made
        made += 1
        wording = replace(WORDING, **given)  # type: ignore[arg-type]
        return draft_questionnaire(
            world.actor(by), world.get(Place, place), wording=wording, once=f"survey-{made}"
        )

    return draft


@pytest.fixture
def opened(world: World, drafted: Draft) -> Draft:
    def open_one(**given: object) -> Questionnaire:
        survey = drafted(**given)
        open_questionnaire(world.secretary, survey)
        return survey

    return open_one


@pytest.fixture
def survey(opened: Draft) -> Questionnaire:
    return opened()


def reply(
    world: World, survey: Questionnaire, name: str, home: str = "", once: str = "", **marked: str
) -> None:
    """Answer as somebody: `reply(world, survey, "owner", "101", q0="1")`."""
    answers = {int(key[1:]): text.split(",") for key, text in (marked or {"q0": "0"}).items()}
    answer_questionnaire(
        world.actor(name),
        survey,
        marked=answers,
        once=once or f"sheet-{name}",
        unit_id=world.ids[home] if home else None,
    )


def topic_in(world: World, community: str) -> Topic:
    """A topic of either community, raised by somebody who lives there."""
    staff, by, where = {
        "community": ("secretary", "owner", "estate"),
        "other_community": ("other_secretary", "neighbour", "other_estate"),
    }[community]
    return raise_topic(
        world.actor(by),
        found_council(world.actor(staff), world.get(Place, community), name="议事会"),
        place=world.get(Place, where),
        title="孩子没人带",
        body="双职工家庭多。",
        category=Category.OTHER,
        once=f"topic-{community}",
    )
