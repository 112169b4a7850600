"""Names and numbers that were typed into minutes: hidden in public, and said to the recorder before it is too late."""

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.accounts.models import User
from portal.core import clock
from portal.core.db import db, transaction
from portal.meetings.naming import like_a_name
from portal.meetings.sides import Side
from portal.minutes import masking
from portal.minutes.actions.confirming import answer_mark, object_to_line, send_minutes
from portal.minutes.actions.tasks import Errand, drop_task, move_task, note_task, report_task
from portal.minutes.actions.writing import add_addendum
from portal.minutes.models import Minutes, MinutesMark, Task, TaskReport
from portal.minutes.words import Duty, Heading, Outcome
from tests.conftest import Client
from tests.minutes.conftest import DUE, UNTIL, core_item, lines, outcome, tick, write, written
from tests.world import World

TYPED = "租户赵强（199 0000 0009，110101199003070013）没来，托王秀兰带话，别的小区的周明也在。"
SAID = "会议议定：赵强家门口先修。"


def page_of(reply: Any) -> BeautifulSoup:
    return BeautifulSoup(reply.data, "html.parser")


def typed(world: World, minutes: Minutes) -> Minutes:
    written(world, minutes)
    write(world, minutes, Heading.MORE, TYPED)
    outcome(world, minutes, core_item(minutes), Outcome.AGAIN, SAID)
    send_minutes(world.worker, minutes, until=UNTIL)
    return minutes


def test_a_name_that_was_typed_is_hidden_in_public(client: Client, world: World, draft: Minutes) -> None:
    """赵强 was not there; he has an account in this community."""
    minutes = typed(world, draft)
    line = lines(minutes, Heading.PARKED)[0]
    object_to_line(world.owner, minutes, line_id=line.id, reason="赵强没说过")
    mark = db.session.scalars(sa.select(MinutesMark)).one()
    answer_mark(world.worker, minutes, mark_id=mark.id, answer="赵强打电话说的")
    with clock.frozen(UNTIL):
        tick()
        addendum = add_addendum(world.worker, minutes, text="赵强补了一句。", once="one")
        full, public = json.loads(minutes.text), minutes.public_text
        assert "赵强" in json.dumps(full, ensure_ascii=False)
        assert "租户赵*（199****0009，110***************）没来，托王**带话" in public
        assert not [name for name in ("赵强", "王秀兰") if name in public]
        assert addendum.public_text == "赵*补了一句。"
        client.sign_in("visitor")
        for address in (f"/minutes/{minutes.id}", f"/topics/{core_item(minutes).topic_id}"):
            shown = page_of(client.get(address)).text
            assert "赵*" in shown
            assert "赵强" not in shown
        assert "赵强打电话说的" in page_of(client.sign_in("owner").get(f"/minutes/{minutes.id}")).text


def test_the_recorder_is_told_before(client: Client, world: World, draft: Minutes) -> None:
    minutes = typed(world, draft)
    place = f"/minutes/{minutes.id}"
    told = page_of(client.sign_in("worker").get(place)).select(".alert li")
    assert len(told) == 1
    assert "全名、手机号、身份证号" in told[0].text
    link = told[0].select_one("a")
    assert link
    assert client.get(str(link["href"])).status_code == 200
    assert not page_of(client.sign_in("owner").get(place)).select(".alert li"), "others cannot change it"
    write(world, minutes, Heading.MORE, "一位租户托人带话。")
    assert not page_of(client.sign_in("worker").get(place)).select(".alert li")


def test_the_public_page_of_a_task_hides_them_too(client: Client, world: World, draft: Minutes) -> None:
    """What was noted reads like the public minutes once they are sealed; the full ones keep the words."""
    written(world, draft)
    errand = Errand("陪赵强（19900000009）去看门口的灯", Side.RESIDENT, DUE, {Duty.LEAD: "楼门长"})
    task = note_task(world.worker, draft, item_id=core_item(draft).id, errand=errand, once="one")
    send_minutes(world.worker, draft, until=UNTIL)
    with clock.frozen(UNTIL):
        tick()
        assert "赵强" in draft.text
        client.sign_in("visitor")
        for address in (f"/tasks/{task.id}", "/tasks", "/tasks?format=csv", f"/topics/{task.topic_id}"):
            shown = client.get(address).get_data().decode()
            assert "19900000009" not in shown
            assert "赵强" not in shown, address
        assert "陪赵*（199****0009）去看门口的灯" in client.get(f"/tasks/{task.id}").text


ORDINARY = "业主大多同意，owner 一词、2026 年和王二强都记下。"


@pytest.mark.parametrize(
    ("name", "public"),
    [
        ("property", ORDINARY),
        ("outcome", ORDINARY),
        ("2026", ORDINARY),
        ("同意", ORDINARY),
        ("业主", ORDINARY),
        ("王二强", "业主大多同意，owner 一词、2026 年和王**都记下。"),
    ],
)
def test_an_account_may_have_any_name(
    client: Client, world: World, draft: Minutes, name: str, public: str
) -> None:
    """Somebody may call himself like a word of the document; it stays readable, for everybody."""
    with transaction():
        db.session.get_one(User, world.ids["tenant"]).name = name
    written(world, draft)
    write(world, draft, Heading.MORE, ORDINARY)
    errand = Errand("换灯", Side.PROPERTY, DUE, {Duty.LEAD: "楼门长"})
    note_task(world.worker, draft, item_id=core_item(draft).id, errand=errand, once="one")
    client.sign_in("visitor")
    send_minutes(world.worker, draft, until=UNTIL)
    with clock.frozen(UNTIL):
        tick()
        full, shown = json.loads(draft.text), json.loads(draft.public_text)
        assert client.get(f"/minutes/{draft.id}").status_code == 200
    assert shown["parts"][-1]["sections"][-1]["lines"][0]["text"] == public
    for part, of in ("parts", "outcome"), ("people", "side"):
        assert [one[of] for one in shown[part]] == [one[of] for one in full[part]]
    for typed in ("chair", "recorder", "people", "parts", "masked"):
        del full[typed], shown[typed]
    assert shown == full


@pytest.mark.parametrize("name", ["赵强", "欧阳小雨", "古丽·买买提", "𬭎毅", "김철수", "Anna Li", "O'Neill"])
def test_what_looks_like_a_name(name: str) -> None:
    assert like_a_name(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            "王",
            "Li",
            "2026",
            "A-12",
            "199 0000 0001",
            "业主",
            "业主代表",
            "物业",
            "同意",
            "反对",
            "弃权",
        ),
        *("居民", "社区", "商户", "业委会", "主任", "书记", "一致", "表决通过", "发言要点", "办好"),
    ],
)
def test_what_does_not(name: str) -> None:
    assert not like_a_name(name)


def test_a_name_in_letters_is_a_whole_word() -> None:
    assert masking.hidden("Anna和Annabel，找Anna", ["Anna"]) == "A**和Annabel，找A**"


def test_what_is_said_of_a_task_afterwards_is_public_too(client: Client, world: World, task: Task) -> None:
    """Why its day was moved, how far it has come, why it was dropped; by names of the meeting and of the community."""
    with clock.frozen(UNTIL):
        send_minutes(
            world.worker, db.session.get_one(Minutes, task.minutes_id), until=UNTIL + timedelta(days=3)
        )
    with clock.frozen(UNTIL + timedelta(days=3)):
        tick()
        typed = "王秀兰和赵强（19900000009）不在家"
        move_task(world.secretary, task, due_on=DUE + timedelta(days=9), reason=f"推后：{typed}", once="one")
        report_task(world.manager, task, text=f"进展：{typed}", done=False, once="two")
        drop_task(world.secretary, task, reason=f"不办：{typed}")
        shown = client.sign_in("visitor").get(f"/tasks/{task.id}").text
    public = "王**和赵*（199****0009）不在家"
    kept = [*db.session.scalars(sa.select(TaskReport.text).order_by(TaskReport.id)), task.dropped_because]
    assert kept == [f"{what}：{public}" for what in ("推后", "进展", "不办")]
    assert shown.count(public) >= 3
