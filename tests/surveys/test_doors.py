"""At the doors: who knocks, what came of it, sheets filled in there or on paper."""

import pytest
import sqlalchemy as sa

from portal.accounts.models import Relation, User
from portal.core import clock
from portal.core.actor import system
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.surveys import box
from portal.surveys.actions.closing import close_questionnaire
from portal.surveys.actions.visiting import enter_sheet, knock, name_visitor, release_visitor
from portal.surveys.models import Questionnaire, SurveyKnock, SurveyParticipation, SurveySheet
from portal.surveys.queries.doors import doors_of
from portal.surveys.results import ELSEWHERE
from portal.surveys.words import Channel, Knock, Per
from tests.conftest import Client, Statements
from tests.surveys.conftest import AFTER, CLOSES, Draft, reply
from tests.world import World


def enter(world: World, survey: Questionnaire, name: str, home: str, **given: object) -> None:
    words = {
        "marked": {0: ["0"]},
        "relation": Relation.TENANT,
        "channel": Channel.DOOR,
        "once": f"{name}-{home}",
        "unit_id": world.ids[home],
    }
    enter_sheet(world.actor(name), survey, **{**words, **given})  # type: ignore[arg-type]


def came(survey: Questionnaire) -> list[SurveyParticipation]:
    found = sa.select(SurveyParticipation).where(SurveyParticipation.questionnaire_id == survey.id)
    return list(db.session.scalars(found.order_by(SurveyParticipation.id)))


def phone(world: World, name: str) -> str:
    return world.get(User, name).phone or ""


def test_staff_and_named_volunteers_knock(world: World, survey: Questionnaire) -> None:
    enter(world, survey, "worker", "102")
    with pytest.raises(NotAllowed):
        enter(world, survey, "tenant", "202")
    name_visitor(world.secretary, survey, phone=phone(world, "tenant"))
    enter(world, survey, "tenant", "202", channel=Channel.PAPER)
    rows = [(row.channel, row.by_id, row.unit_id) for row in came(survey)]
    assert rows == [
        (Channel.DOOR, world.ids["worker"], world.ids["102"]),
        (Channel.PAPER, world.ids["tenant"], world.ids["202"]),
    ]
    release_visitor(world.secretary, survey, user_id=world.ids["tenant"])
    with pytest.raises(NotAllowed):
        enter(world, survey, "tenant", "101")
    with pytest.raises(NotVisible):
        release_visitor(world.secretary, survey, user_id=world.ids["tenant"])


@pytest.mark.parametrize("name", ["owner", "manager", "visitor", "other_secretary", "neighbour"])
def test_others_do_not(world: World, survey: Questionnaire, name: str) -> None:
    with pytest.raises((NotAllowed, NotVisible)):
        enter(world, survey, name, "102")
    with pytest.raises((NotAllowed, NotVisible)):
        name_visitor(world.actor(name), survey, phone=phone(world, "tenant"))


def test_nobody_of_another_community_is_named(world: World, survey: Questionnaire) -> None:
    for number in (phone(world, "neighbour"), "19900009999", ""):
        with pytest.raises(Invalid):
            name_visitor(world.secretary, survey, phone=number)


def test_a_household_answers_once_by_whatever_way(world: World, survey: Questionnaire) -> None:
    reply(world, survey, "owner", "101")
    with pytest.raises(Conflict):
        enter(world, survey, "worker", "101")
    for _again in range(2):
        enter(world, survey, "worker", "102", once="double")
    assert len(came(survey)) == 2


def test_their_own_answer_stands_where_a_visitors_stood(
    client: Client, world: World, survey: Questionnaire
) -> None:
    """Whoever was let knock and enters a sheet first does not shut the household out, nor learns that it answered."""
    name_visitor(world.secretary, survey, phone=phone(world, "co_owner"))
    enter(world, survey, "co_owner", "102", marked={0: ["1"]})
    page = client.sign_in("tenant").get(f"/surveys/{survey.id}").text
    assert "已经有一份是别人替您家录的" in page
    assert "看一遍再交" in page
    for _again in range(2):
        reply(world, survey, "tenant", "102", q0="0")
    with pytest.raises(Conflict):
        reply(world, survey, "tenant", "102", once="another", q0="1")
    with pytest.raises(Conflict):
        enter(world, survey, "co_owner", "102", once="once-more")
    (row,) = came(survey)
    assert (row.channel, row.displaced, row.by_id) == (Channel.ONLINE, Channel.DOOR, world.ids["tenant"])
    doors = (
        client.sign_in("co_owner").get(f"/surveys/{survey.id}/doors?building={world.ids['building']}").text
    )
    assert "答过了" in doors
    assert "本人在网上答" not in doors
    with clock.frozen(AFTER):
        close_questionnaire(system(), survey)
        assert [sheet.answers for sheet in box.sheets(survey.id)] == [{0: 0}]
        result = client.sign_in("worker").get(f"/surveys/{survey.id}/result").text
    assert "份是上门或照纸质录的" in result


def test_the_seal_hides_for_whose_door_and_the_close_forgets_it(world: World, survey: Questionnaire) -> None:
    enter(world, survey, "worker", "102")
    reply(world, survey, "owner", "101")
    sealed = list(db.session.scalars(sa.select(SurveySheet.content)))
    assert len(set(map(len, sealed))) == 1
    with clock.frozen(AFTER):
        close_questionnaire(system(), survey)
    assert all('"d"' not in text for text in db.session.scalars(sa.select(SurveySheet.content)))


def test_the_sheet_of_a_door_is_as_apart_as_any(world: World, survey: Questionnaire) -> None:
    enter(world, survey, "worker", "102", marked={0: ["1"]})
    with clock.frozen(AFTER):
        close_questionnaire(system(), survey)
    (sheet,) = box.sheets(survey.id)
    assert (sheet.answers, sheet.building, sheet.relation) == ({0: 1}, ELSEWHERE, "")


@pytest.mark.parametrize("home", ["other_unit", "building", "estate"])
def test_only_households_that_are_asked(world: World, survey: Questionnaire, home: str) -> None:
    with pytest.raises(NotVisible):
        enter(world, survey, "worker", home)
    with pytest.raises(NotVisible):
        knock(world.worker, survey, unit_id=world.ids[home], came=Knock.REFUSED)


def test_what_will_not_do(world: World, survey: Questionnaire, opened: Draft) -> None:
    wrongs: tuple[dict[str, object], ...] = (
        {"marked": {}},
        {"marked": {0: ["9"]}},
        {"channel": Channel.ONLINE},
    )
    for wrong in wrongs:
        with pytest.raises(Invalid):
            enter(world, survey, "worker", "102", **wrong)
    with pytest.raises(NotAllowed):
        enter(world, opened(per=Per.PERSON), "worker", "102")
    with clock.frozen(CLOSES), pytest.raises(NotAllowed):
        enter(world, survey, "worker", "102")
    assert came(survey) == []


def test_knocks_are_counted_until_they_answer(world: World, survey: Questionnaire) -> None:
    for before in (0, 0, 1):
        knock(world.worker, survey, unit_id=world.ids["102"], came=Knock.NOT_HOME, before=before)
    noted = db.session.get_one(SurveyKnock, (survey.id, world.ids["102"]))
    assert (noted.came, noted.times) == (Knock.NOT_HOME, 2)
    enter(world, survey, "worker", "102")
    with pytest.raises(Conflict):
        knock(world.worker, survey, unit_id=world.ids["102"], came=Knock.REFUSED)
    (line,) = [d for d in doors_of(survey, world.ids["building"]) if d.id == world.ids["102"]]
    assert line.door.answered
    assert [d.id for d in doors_of(survey, 0)] == [world.ids["shop"]]


def test_a_quota_is_a_small_number(drafted: Draft) -> None:
    assert drafted(quota=20).quota == 20
    assert drafted(quota=20, per=Per.PERSON).quota is None
    with pytest.raises(Invalid):
        drafted(quota=0)


def test_from_door_to_door(client: Client, world: World, opened: Draft, statements: Statements) -> None:
    survey = opened(quota=3)
    reply(world, survey, "owner", "101")
    address = f"/surveys/{survey.id}/doors"
    assert client.sign_in("owner").get(address).status_code == 403
    client.sign_in("worker")
    del statements[:]
    page = client.get(address).text
    assert len(statements) <= 5
    assert "还差 2\u00a0户" in page
    assert "下一户：12号楼1单元102室" in page
    building = str(world.ids["building"])
    door = f"{address}/{world.ids['102']}"
    gone = client.submit(f"{door}/knock", {"came": "not_home", "building": building})
    assert "下一户：12号楼1单元201室" in client.get(gone.location).text
    sheet = {"q0": "1", "channel": "door", "once": "a", "building": building}
    assert client.submit(door, sheet).status_code == 422
    sent = client.submit(door, {**sheet, "relation": "tenant"})
    assert sent.status_code == 303
    assert "录好了" in client.get(sent.location).text
    assert "已经答过了" in client.get(door).text
    assert client.submit(f"{door}/knock", {"came": "shouted"}).status_code == 404
    assert client.get(f"{address}/{world.ids['other_unit']}").status_code == 404


def test_the_sheet_on_paper_and_who_knocks(client: Client, world: World, survey: Questionnaire) -> None:
    client.sign_in("secretary")
    assert "暑假要不要办托管班" in client.get(f"/surveys/{survey.id}/paper").text
    named = f"/surveys/{survey.id}/visitors"
    assert client.submit(named, {"phone": "1"}).status_code == 422
    assert client.submit(named, {"phone": phone(world, "tenant")}).status_code == 303
    assert "赵强" in client.get(named).text
    assert client.submit(f"{named}/{world.ids['tenant']}/release").status_code == 303
    assert "赵强" not in client.get(named).text
