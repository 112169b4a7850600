"""The pages of questionnaires: whole and in fragments, without scripts."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.core.db import db
from portal.places.models import Place
from portal.surveys.actions.closing import withdraw_questionnaire
from portal.surveys.actions.drafting import draft_questionnaire, open_questionnaire
from portal.surveys.models import Questionnaire, SurveyParticipation
from portal.surveys.words import Per, SurveyState
from tests.conftest import Client, Statements
from tests.surveys.conftest import WORDING, Draft, reply, topic_in
from tests.world import World


def soup(reply: object) -> BeautifulSoup:
    return BeautifulSoup(reply.data, "html.parser")  # type: ignore[attr-defined]


def sheets(survey: Questionnaire) -> int:
    counted = sa.select(sa.func.count()).where(SurveyParticipation.questionnaire_id == survey.id)
    return db.session.scalar(counted) or 0


def test_three_taps_without_scripts(client: Client, world: World, survey: Questionnaire) -> None:
    client.sign_in("owner")
    address = f"/surveys/{survey.id}"
    page = soup(client.get(address))
    assert "不是投票" in page.text
    unit = page.select_one("input[name=unit]")
    assert unit
    sheet = {"unit": unit["value"], "q0": "1", "q1": ["0", "2"], "q2": "4", "q3": "2", "q4": "晚一点关门"}
    seen = soup(client.submit(f"{address}/review", sheet))
    assert "书法、编程" in seen.text
    assert sheets(survey) == 0
    assert [form["hx-post"] for form in seen.select("#sheet form")] == [
        f"{address}/answers",
        f"{address}/review",
    ]
    fields = seen.select("#sheet form[action$=answers] input[type=hidden]")
    again: dict[str, list[str]] = {}
    for field in fields:
        again.setdefault(str(field["name"]), []).append(str(field["value"]))
    again.pop("csrf_token")
    mended = soup(client.submit(f"{address}/review", again | {"back": ["1"]}))
    assert mended.select_one("input[name=q0][value='1'][checked]")
    sent = client.submit(f"{address}/answers", again)
    assert sent.location.endswith("/thanks")
    assert "谢谢" in client.get(sent.location).text
    assert sheets(survey) == 1
    assert client.submit(f"{address}/answers", again).status_code == 303
    assert sheets(survey) == 1
    assert "您家已经答过了" in client.get(address).text


def test_a_sheet_with_flaws_comes_back_as_it_was(client: Client, survey: Questionnaire) -> None:
    client.sign_in("owner")
    unit = soup(client.get(f"/surveys/{survey.id}")).select_one("input[name=unit]")
    assert unit
    for step in ("review", "answers"):
        came = client.submit(
            f"/surveys/{survey.id}/{step}", {"unit": unit["value"], "q2": "5", "q3": "两个", "q4": "话"}
        )
        page = soup(came)
        assert came.status_code == 422
        assert "这一题要答。" in page.text
        assert page.select_one("input[name=q2][value='5'][checked]")
        assert page.select_one("textarea[name=q4]").text == "话"  # type: ignore[union-attr]
    assert sheets(survey) == 0


def test_somebody_with_two_homes_says_for_which(client: Client, world: World, survey: Questionnaire) -> None:
    from portal.accounts.models import Membership, Relation
    from portal.core.db import transaction
    from tests.world import SINCE

    with transaction():
        there = {"unit_id": world.ids["202"], "place_path": world.paths["202"]}
        db.session.add(Membership(user_id=world.ids["owner"], relation=Relation.OWNER, starts=SINCE, **there))
    client.sign_in("owner")
    page = soup(client.get(f"/surveys/{survey.id}"))
    assert len(page.select("input[type=radio][name=unit]")) == 2
    assert "请选是哪一套房" in client.submit(f"/surveys/{survey.id}/review", {"q0": "1"}).text
    sent = client.submit(f"/surveys/{survey.id}/answers", {"q0": "1", "unit": world.ids["202"], "once": "x"})
    assert sent.status_code == 303
    assert "还有一套房没答" in client.get(sent.location).text


def test_somebody_with_many_homes_is_asked_for_the_last_of_them(
    client: Client, world: World, survey: Questionnaire
) -> None:
    from portal.accounts.models import Membership, Relation
    from portal.core.db import transaction
    from tests.world import SINCE

    with transaction():
        where = {n: {"unit_id": world.ids[n], "place_path": world.paths[n]} for n in ("101", "202")}
        for n, home in enumerate(["101"] * 10 + ["202"], 1):
            starts = SINCE + timedelta(days=n)
            own = Membership(
                user_id=world.ids["owner"], relation=Relation.OWNER, starts=starts, **where[home]
            )
            db.session.add(own)
            db.session.flush()
    reply(world, survey, "owner", "101")
    page = soup(client.sign_in("owner").get(f"/surveys/{survey.id}"))
    unit = page.select_one("input[name=unit]")
    assert "您家已经答过了" not in page.text
    assert unit
    assert unit["value"] == str(world.ids["202"])


def test_another_communitys_questionnaire_is_not_there(client: Client, survey: Questionnaire) -> None:
    client.sign_in("neighbour")
    assert client.get(f"/surveys/{survey.id}").status_code == 404
    assert client.submit(f"/surveys/{survey.id}/answers", {"q0": "1"}).status_code == 404
    assert survey.title not in client.get("/surveys").text


def test_visitors_read_and_sign_in(client: Client, survey: Questionnaire) -> None:
    client.sign_in("visitor")
    text = client.get(f"/surveys/{survey.id}").text
    assert "登录后就能答" in text
    assert "暑假要不要办托管班" in text


def test_writing_one_and_opening_it(client: Client, world: World) -> None:
    client.sign_in("worker")
    assert client.get("/surveys/new").status_code == 200
    form = {
        "title": "要不要装充电桩",
        "why": "飞线充电多。",
        "used_for": "报给街道。",
        "place_id": world.ids["building"],
        "per": "household",
        "closes_at": "2026-06-20T20:00",
        "questions-0-text": "要不要装",
        "questions-0-kind": "one",
        "questions-0-options": "要\n不要\n",
        "questions-0-required": "y",
        "once": "form-1",
    }
    made = client.submit("/surveys/new", form)
    assert made.status_code == 303
    survey = db.session.scalars(sa.select(Questionnaire)).one()
    page = client.get(made.location)
    assert "样卷" in page.text
    assert client.submit("/surveys/new", {**form, "questions-0-options": "要"}).status_code == 303
    wrong = client.submit("/surveys/new", {**form, "questions-0-options": "要", "once": "form-2"})
    assert wrong.status_code == 422
    assert "2 到 12 个选项" in wrong.text
    edited = client.get(f"/surveys/{survey.id}/edit")
    assert "要\n不要" in soup(edited).select_one("textarea[name='questions-0-options']").text  # type: ignore[union-attr]
    saved = client.submit(f"/surveys/{survey.id}/edit", {**form, "title": "充电桩", "version": "0"})
    assert saved.status_code == 303
    stale = client.submit(f"/surveys/{survey.id}/edit", {**form, "title": "改晚了", "version": "0"})
    assert stale.status_code == 422
    assert "别人改过这份问卷" in stale.text
    assert soup(stale).select_one("[name=title]")["value"] == "改晚了"  # type: ignore[index]
    assert soup(stale).select_one("[name=version]")["value"] == "1"  # type: ignore[index]
    client.submit(f"/surveys/{survey.id}/opening")
    db.session.refresh(survey)
    assert (survey.state, survey.title, survey.asked) == (SurveyState.OPEN, "充电桩", 4)


def test_closing_early_and_taking_back_ask_why(client: Client, survey: Questionnaire) -> None:
    client.sign_in("secretary")
    for page in ("cutting", "withdrawal"):
        assert client.get(f"/surveys/{survey.id}/{page}").status_code == 200
        assert client.submit(f"/surveys/{survey.id}/{page}", {"reason": ""}).status_code == 422
    client.submit(f"/surveys/{survey.id}/cutting", {"reason": "都问到了"})
    assert "都问到了" in client.get(f"/surveys/{survey.id}").text
    client.sign_in("owner")
    assert client.submit(f"/surveys/{survey.id}/withdrawal", {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("name", ["visitor", "owner", "secretary"])
def test_a_page_is_a_few_statements(
    client: Client, world: World, opened: Draft, statements: Statements, name: str
) -> None:
    survey = opened()
    other = opened(per=Per.PERSON)
    for who, home in (("owner", "101"), ("tenant", "102"), ("chair", "201")):
        reply(world, survey, who, home)
    client.sign_in(name)
    for address in ("/surveys", f"/surveys/{survey.id}", f"/surveys/{other.id}"):
        del statements[:]
        assert client.get(address).status_code == 200
        assert len(statements) <= 3, address


def test_the_topics_page_shows_it(client: Client, world: World) -> None:
    from portal.councils.actions.raising import raise_topic
    from portal.councils.actions.table import found_council
    from portal.councils.words import Category

    council = found_council(world.administrator, world.get(Place, "community"), name="梧桐社区议事会")
    topic = raise_topic(
        world.owner,
        council,
        place=world.get(Place, "estate"),
        title="暑假孩子没人带",
        body="双职工家庭多。",
        category=Category.OTHER,
        once="topic",
    )
    client.sign_in("secretary")
    assert topic.title in client.get(f"/surveys/new?topic={topic.id}").text
    survey = draft_questionnaire(
        world.secretary, world.get(Place, "estate"), wording=WORDING, once="s", topic=topic
    )
    assert "看样卷" in client.get(f"/topics/{topic.id}").text
    client.sign_in("owner")
    assert survey.title not in client.get(f"/topics/{topic.id}").text
    open_questionnaire(world.secretary, survey)
    assert f"/surveys/{survey.id}" in client.get(f"/topics/{topic.id}").text


def test_a_draft_that_is_put_away_is_not_shown(client: Client, world: World) -> None:
    topic = topic_in(world, "community")
    survey = draft_questionnaire(
        world.secretary, world.get(Place, "estate"), wording=WORDING, once="s", topic=topic
    )
    withdraw_questionnaire(world.secretary, survey, reason="先不问了。")
    for name, status in (("secretary", 200), ("owner", 404), ("visitor", 404)):
        client.sign_in(name)
        assert client.get(f"/surveys/{survey.id}").status_code == status
        page = client.get(f"/topics/{topic.id}")
        assert page.status_code == 200
        assert survey.title not in page.text
    assert "撤回了问卷" not in client.get(f"/topics/{topic.id}").text
