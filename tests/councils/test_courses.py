"""What a topic goes through before the owners vote on it: who settles it, and what cannot be left out in silence."""

import pytest

from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed
from portal.councils import phases
from portal.councils.actions.settling import set_course, set_usual
from portal.councils.courses import CHOSEN, Course, Phase, left_out, usual
from portal.councils.models import Council, Topic, TopicCourse
from portal.councils.words import Category
from tests.conftest import Client
from tests.world import World

WHY = "电梯停了，等不起，挨家问过。"


def way(topic: Topic) -> list[tuple[str, str]]:
    return [(line.phase.value, line.mark) for line in phases.way(phases.of_topic(topic.id))]


def test_lifts_are_explained_talked_about_and_asked_first() -> None:
    assert usual(Category.LIFT) == CHOSEN
    assert usual(Category.REPAIR) == ()
    assert left_out(Category.LIFT, Course.OTHER, [Phase.TABLED]) == (Phase.EXPLAINED, Phase.ASKED)
    assert left_out(Category.REPAIR, Course.FUND, CHOSEN) == ()


def test_a_topic_that_does_not_go_to_the_owners_has_no_way(deliberating: Topic) -> None:
    assert way(deliberating) == []


def test_what_was_settled_shows(world: World, deliberating: Topic) -> None:
    set_course(world.chair, deliberating, course=Course.FUND, phases=[Phase.ASKED, Phase.TABLED])
    assert way(deliberating) == [
        ("tabled", "now"),
        ("asked", "todo"),
        ("planned", "todo"),
        ("roll", "todo"),
        ("vote", "todo"),
        ("contract", "todo"),
        ("works", "todo"),
    ]


def test_leaving_out_what_is_usual_needs_a_reason_that_everybody_reads(
    client: Client, world: World, deliberating: Topic
) -> None:
    with pytest.raises(Invalid, match="三方协同议事会、意见征询"):
        set_course(world.chair, deliberating, course=Course.FUND, phases=[])
    set_course(world.chair, deliberating, course=Course.FUND, phases=[Phase.PLANNED], because=WHY)
    assert way(deliberating)[0] == ("planned", "now")
    assert WHY in client.get(f"/topics/{deliberating.id}").text
    set_course(world.chair, deliberating, course=Course.FUND, phases=CHOSEN, because=WHY)
    assert db.session.get_one(TopicCourse, deliberating.id).because == ""


def test_a_reason_for_one_phase_leaves_out_no_other(world: World, deliberating: Topic) -> None:
    """Whatever grows out of the topic later asks for what nobody gave a reason for."""
    set_course(world.chair, deliberating, course=Course.MANAGER, phases=[], because=WHY)
    row = phases.of_topic(deliberating.id)
    assert phases.asked_for(row) == (Phase.PLANNED,)
    assert phases.asked_for(row, [Course.LIFT]) == (Phase.EXPLAINED, Phase.ASKED, Phase.PLANNED)


def test_topics_inherit_what_their_council_settled_and_leave_out_with_a_reason(
    client: Client, world: World, deliberating: Topic
) -> None:
    council = db.session.get_one(Council, deliberating.council_id)
    with pytest.raises(NotAllowed):
        set_usual(world.chair, council, courses={})
    secretary = client.sign_in("secretary")
    assert secretary.get("/council/courses").text.count("checked") == 8
    sent = {"lift": ["explained", "tabled"], "manager": ["tabled", "asked"], "other": ["asked"]}
    assert secretary.submit("/council/courses", sent).status_code == 303
    row = phases.of_topic(deliberating.id)
    assert phases.asked_for(row, [Course.LIFT]) == (Phase.EXPLAINED, Phase.TABLED, Phase.PLANNED)
    assert phases.asked_for(row, [Course.FUND]) == (Phase.PLANNED,)
    with pytest.raises(Invalid, match="意见征询"):
        set_course(world.chair, deliberating, course=Course.OTHER, phases=[])
    set_course(world.chair, deliberating, course=Course.OTHER, phases=[], because=WHY)
    set_course(world.chair, deliberating, course=Course.FUND, phases=[])  # it asks for nothing any more
    assert "科普会、三方协同议事会、写出方案" in client.sign_in("owner").get("/council").text
    assert "/council/courses" not in client.get("/council").text


def test_residents_do_not_settle_it_nor_anybody_before_or_after(world: World, topic: Topic) -> None:
    with pytest.raises(NotAllowed):
        set_course(world.owner, topic, course=Course.OTHER, phases=[])
    with pytest.raises((Conflict, NotAllowed)):
        set_course(world.chair, topic, course=Course.OTHER, phases=[])


def test_the_page_of_it(client: Client, deliberating: Topic) -> None:
    address = f"/topics/{deliberating.id}/course"
    secretary = client.sign_in("secretary")
    assert "换电梯、加装电梯" in secretary.get(address).text
    refused = secretary.submit(address, {"course": "lift", "phases": ["tabled"]})
    assert refused.status_code == 422
    assert "科普会、意见征询" in refused.text
    done = secretary.submit(address, {"course": "lift", "phases": ["tabled"], "because": WHY})
    assert done.location == f"/topics/{deliberating.id}"
    page = secretary.get(f"/topics/{deliberating.id}").text
    assert "少走一步的理由" in page
    assert secretary.get(address).text.count("checked") == 2
