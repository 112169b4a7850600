"""The result: who sees it when, its page and files, texts chosen, what was done because of it."""

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.actor import system
from portal.core.db import db
from portal.core.errors import Invalid, NotAllowed, NotVisible
from portal.core.waiting import waiting_for
from portal.surveys.actions.closing import close_questionnaire
from portal.surveys.actions.publishing import act_on, choose_remark, drop_remark, publish_questionnaire
from portal.surveys.models import Questionnaire, SurveyOutcome, SurveyRemark
from portal.surveys.words import Per, SurveyState
from tests.conftest import Client, Statements
from tests.surveys.conftest import AFTER, Draft, reply, topic_in
from tests.world import World


@pytest.fixture
def closed(world: World, survey: Questionnaire) -> Questionnaire:
    """Four households answered, one of them with a text."""
    for n, (name, home) in enumerate(
        (("owner", "101"), ("tenant", "102"), ("chair", "201"), ("merchant", "shop"))
    ):
        reply(
            world,
            survey,
            name,
            home,
            q0="0",
            q1="0",
            q2="4",
            q3=str(n),
            q4="打 19900001234 找王姐" if n == 1 else "",
        )
    with clock.frozen(AFTER):
        close_questionnaire(system(), survey)
    return survey


def test_only_those_who_asked_see_it_before_it_is_published(
    client: Client, world: World, closed: Questionnaire
) -> None:
    address = f"/surveys/{closed.id}/result"
    for name, before in (("secretary", 200), ("owner", 403), ("neighbour", 404)):
        client.sign_in(name)
        assert client.get(address).status_code == before
    assert [w.kind for w in waiting_for(world.secretary) if "survey" in w.kind] == ["publish_survey"]
    with pytest.raises(NotAllowed):
        publish_questionnaire(world.owner, closed)
    client.sign_in("secretary").submit(f"/surveys/{closed.id}/publication")
    db.session.refresh(closed)
    assert closed.state is SurveyState.PUBLISHED
    assert client.submit(f"/surveys/{closed.id}/publication").status_code == 403
    for name, after in (("owner", 200), ("visitor", 200), ("neighbour", 404)):
        client.sign_in(name)
        assert client.get(address).status_code == after


def test_nobody_looks_while_it_is_open(client: Client, survey: Questionnaire) -> None:
    client.sign_in("secretary")
    for page in ("result", "result.csv", "texts"):
        assert client.get(f"/surveys/{survey.id}/{page}").status_code == 403


def test_the_page_says_how_many_of_how_many_and_how_it_was_asked(
    client: Client, world: World, closed: Questionnaire
) -> None:
    text = client.sign_in("secretary").get(f"/surveys/{closed.id}/result").text
    for said in (
        "这是意见，不是表决结果",
        "n=4",
        "4/4",
        "100.00%",
        "80.00%",
        "12号楼",
        "本人在网上答",
        "平均 4.0",
    ):
        assert said in text, said
    assert "王姐" not in text


@pytest.mark.parametrize("by", ["", "building", "relation", "q0", "q9", "nonsense", "q" + "9" * 30])
def test_apart_by_whatever_is_asked(client: Client, closed: Questionnaire, by: str) -> None:
    client.sign_in("secretary")
    assert client.get(f"/surveys/{closed.id}/result?by={by}").status_code == 200
    assert client.get(f"/surveys/{closed.id}/result.xlsx?by={by}").status_code == 200
    text = client.get(f"/surveys/{closed.id}/result.csv?by={by}").get_data().decode("utf-8-sig")
    assert "暑假要不要办托管班,全部,要,4,4,100.00%" in text


def test_a_page_of_a_result_is_a_few_statements(
    client: Client, closed: Questionnaire, statements: Statements
) -> None:
    client.sign_in("secretary")
    del statements[:]
    client.get(f"/surveys/{closed.id}/result?by=building")
    assert len(statements) <= 5


def test_texts_are_chosen_and_masked(client: Client, world: World, closed: Questionnaire) -> None:
    client.sign_in("owner")
    assert client.get(f"/surveys/{closed.id}/texts").status_code == 403
    client.sign_in("worker")
    page = client.get(f"/surveys/{closed.id}/texts").text
    assert "打 19900001234 找王姐" in page
    form = {"position": "4", "text": "打 19900001234 找我", "once": "remark"}
    for _again in range(2):
        assert client.submit(f"/surveys/{closed.id}/texts", form).status_code == 303
    (remark,) = db.session.scalars(sa.select(SurveyRemark))
    assert remark.text == "打 *** 找我"
    assert "打 *** 找我" in client.get(f"/surveys/{closed.id}/result").text
    assert client.submit(f"/surveys/{closed.id}/texts", {"position": "4", "text": " "}).status_code == 422
    assert client.submit(f"/surveys/{closed.id}/texts", {"position": "0", "text": "x"}).status_code == 404
    client.submit(f"/surveys/{closed.id}/texts/{remark.id}/dropping")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SurveyRemark)) == 0


def test_a_text_of_another_questionnaire_is_not_there(
    world: World, closed: Questionnaire, opened: Draft
) -> None:
    other = opened(per=Per.PERSON)
    with clock.frozen(AFTER):
        close_questionnaire(system(), other)
    remark = choose_remark(world.worker, closed, position=4, text="好", once="r")
    with pytest.raises(NotVisible):
        drop_remark(world.worker, other, remark_id=remark.id)
    with pytest.raises((NotAllowed, NotVisible)):
        drop_remark(world.actor("other_secretary"), closed, remark_id=remark.id)


def test_what_was_done_because_of_it(client: Client, world: World, closed: Questionnaire) -> None:
    client.sign_in("secretary")
    assert client.get(f"/surveys/{closed.id}/outcomes/new").status_code == 403
    publish_questionnaire(world.secretary, closed)
    assert client.get(f"/surveys/{closed.id}/outcomes/new").status_code == 200
    own = f"/topics/{topic_in(world, 'community').id}"
    form = {"text": "据此开了两个班。", "address": f"http://localhost{own}", "once": "done"}
    for _again in range(2):
        assert client.submit(f"/surveys/{closed.id}/outcomes/new", form).status_code == 303
    (outcome,) = db.session.scalars(sa.select(SurveyOutcome))
    assert outcome.address == own
    assert "据此开了两个班。" in client.sign_in("visitor").get(f"/surveys/{closed.id}/result").text
    with pytest.raises(Invalid):
        act_on(world.secretary, closed, text=" ", address="", once="z")
    with pytest.raises(NotAllowed):
        act_on(world.owner, closed, text="x", address="", once="z")


def test_an_outcome_leads_nowhere_else(client: Client, world: World, closed: Questionnaire) -> None:
    publish_questionnaire(world.secretary, closed)
    client.sign_in("secretary")
    own = f"/topics/{topic_in(world, 'community').id}"
    theirs = f"/topics/{topic_in(world, 'other_community').id}"
    for n, address in enumerate((f"https://elsewhere.example{own}", theirs, "/topics/9999999999")):
        wrong = {"text": "x", "address": address, "once": f"else-{n}"}
        assert client.submit(f"/surveys/{closed.id}/outcomes/new", wrong).status_code == 422, address
