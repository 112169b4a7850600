"""Questionnaires on the way of their topic: done once one is closed and somebody answered."""

from portal.core import clock
from portal.councils import phases
from portal.councils.actions.settling import set_course
from portal.councils.courses import Course, Phase
from portal.councils.models import Topic
from portal.places.models import Place
from portal.surveys.actions.closing import close_questionnaire
from portal.surveys.actions.drafting import draft_questionnaire, open_questionnaire
from portal.surveys.models import Questionnaire
from tests.councils.conftest import council, deliberating, raised, topic  # noqa: F401
from tests.surveys.conftest import AFTER, WORDING, reply
from tests.world import World


def asked_on(world: World, topic: Topic) -> Questionnaire:  # noqa: F811
    survey = draft_questionnaire(
        world.secretary, world.get(Place, "estate"), wording=WORDING, once="s", topic=topic
    )
    open_questionnaire(world.secretary, survey)
    return survey


def lack(topic: Topic) -> list[str]:  # noqa: F811
    return [u.cure for u in phases.lacking(phases.of_topic(topic.id), topic.id, ())[:-1]]


def close(world: World, survey: Questionnaire) -> None:
    with clock.frozen(AFTER):
        close_questionnaire(world.secretary, survey)


def test_nobody_answered_is_not_asked(world: World, deliberating: Topic) -> None:  # noqa: F811
    set_course(world.chair, deliberating, course=Course.FUND, phases=[Phase.ASKED], because="开过会了。")
    assert lack(deliberating) == [f"/surveys/new?topic={deliberating.id}"]
    survey = asked_on(world, deliberating)
    assert lack(deliberating) == [f"/surveys/{survey.id}"]
    close(world, survey)
    assert lack(deliberating) == [f"/surveys/new?topic={deliberating.id}"]


def test_closed_with_a_sheet_it_is_done(world: World, deliberating: Topic) -> None:  # noqa: F811
    set_course(world.chair, deliberating, course=Course.FUND, phases=[Phase.ASKED], because="开过会了。")
    survey = asked_on(world, deliberating)
    reply(world, survey, "owner", "101")
    close(world, survey)
    assert lack(deliberating) == []
    line = phases.way(phases.of_topic(deliberating.id))[0]
    assert line.mark == "done"
    assert "答了 1 份" in line.seen[0][0]
