"""Minutes: written by the clerk at a laptop, read line by line on two phones, sealed by the clock, read by everybody;
once with scripts and once without. Then the pages of the demo's minutes by day and by night."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from portal import create_app
from portal.core import clock
from portal.core.db import db
from portal.councils.models import Council, Topic
from portal.meetings.actions.agendas import add_topic
from portal.meetings.actions.arriving import check_in
from portal.meetings.actions.bodies import add_member
from portal.meetings.actions.calling import call_meeting
from portal.meetings.actions.running import close_meeting, open_meeting, take_up
from portal.meetings.models import AgendaItem, Invitation
from tests import world as worlds
from tests.browser.people import Person, seat
from tests.browser.serving import Portal, serving
from tests.conftest import SETTINGS, client_of
from tests.meetings.conftest import MEMBERS, THURSDAY, founded, planned_at, prepare
from tests.moves.of_polls import topic_of
from tests.world import NOW, World

LAPTOP = {"width": 1280, "height": 900}
END = THURSDAY + timedelta(minutes=80)
WITH, WITHOUT = "木栈道怎么修", "木栈道再议"
"""Two meetings that were held one after the other: one is written up with scripts, one without."""
SAID = "居民（赞成）：九月底前换。\n物业（赞成）：样品下周送到门口。"
MENDED = SAID.replace("九月底", "十月底")
RESULT = "会议议定：十月底前换成塑木板。"


@pytest.fixture(scope="module")
def portal(address: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The test world after two meetings; their minutes are drafts."""
    folder = tmp_path_factory.mktemp("minutes")
    app = create_app(
        {**SETTINGS, "PORTAL_INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": address("minutes")}
    )
    with app.app_context(), clock.frozen(NOW):
        db.create_all()
        world = worlds.build()
        _held(world)
        client_of(app, world)
    with serving(app) as portal:
        portal.now = END
        yield portal
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _held(world: World) -> None:
    topic = topic_of(world)
    body = founded(world, db.session.get_one(Council, topic.council_id))
    for who, side in MEMBERS:
        add_member(world.secretary, body, who=who, side=side)
    for days, title in enumerate((WITH, WITHOUT)):
        _hold(world, body, topic if not days else None, title, days)


def _hold(world: World, body: object, topic: Topic | None, title: str, days: int) -> None:
    starts = THURSDAY - timedelta(days=days)
    meeting = planned_at(world, body, starts, title=title, once=title)  # type: ignore[arg-type]
    if topic:
        add_topic(world.secretary, meeting, topic=topic)
    call_meeting(world.secretary, prepare(world, meeting))
    with clock.frozen(starts):
        for asked in db.session.scalars(sa.select(Invitation).where(Invitation.meeting_id == meeting.id)):
            check_in(world.secretary, meeting, invitation_id=asked.id)
        open_meeting(world.secretary, meeting)
        items = (
            sa.select(AgendaItem.id).where(AgendaItem.meeting_id == meeting.id).order_by(AgendaItem.position)
        )
        for item_id in db.session.scalars(items):
            take_up(world.secretary, meeting, item_id=item_id)
    with clock.frozen(starts + timedelta(minutes=80)):
        close_meeting(world.secretary, meeting)


@pytest.mark.parametrize(("title", "scripts"), [(WITH, True), (WITHOUT, False)], ids=["scripts", "plain"])
def test_from_the_draft_to_the_seal(
    arrive: Callable[..., Person], portal: Portal, title: str, scripts: bool
) -> None:
    portal.now = END
    clerk = seat(arrive(viewport=LAPTOP, java_script_enabled=scripts), portal.app, "worker")
    owner, manager = (
        seat(arrive(java_script_enabled=scripts), portal.app, name) for name in ("owner", "manager")
    )
    story = Story(clerk, owner, manager, arrive(java_script_enabled=scripts), fine=scripts)
    story.write_up(title)
    story.read()
    story.answer()
    story.seal(portal)
    for person in (clerk, owner, manager, story.visitor):
        assert person.complaints == []


class Story:
    """The clerk, two members and somebody who only reads."""

    def __init__(self, clerk: Person, owner: Person, manager: Person, visitor: Person, fine: bool) -> None:
        self.clerk, self.owner, self.manager, self.visitor, self.fine = clerk, owner, manager, visitor, fine
        self.minutes = ""

    def look(self, person: Person) -> None:
        if self.fine:
            person.is_fine()

    def write_up(self, title: str) -> None:
        clerk = self.clerk
        clerk.go("/meetings?time=")
        clerk.follow(title)
        clerk.follow("看纪要")
        self.minutes = clerk.path()
        clerk.sees("到会情况", "发给大家核对以前还要")
        self.look(clerk)
        clerk.follow("发言要点")
        clerk.write("一行写一条", SAID)
        clerk.press("保存")
        clerk.sees("样品下周送到门口", "发给大家核对以前还要")
        waiting = clerk.one("main").get_by_role("link", name=re.compile("^写结果"))
        for left in range(waiting.count(), 0, -1):
            expect(waiting).to_have_count(left)
            waiting.first.click()
            clerk.tick("听取了，不用定" if left > 1 or title == WITHOUT else "协商一致")
            clerk.write("大家读到的那句话", RESULT)
            clerk.press("写下结果")
        expect(waiting).to_have_count(0)
        clerk.follow("记要办的事")
        clerk.write("要办的事", "换塑木板，先报样品")
        clerk.one("#lead").fill("陈立军")
        clerk.write("什么时候以前办好", f"{clock.local(END + timedelta(days=30)):%Y-%m-%d}")
        self.look(clerk)
        clerk.press("记下")
        clerk.sees("换塑木板，先报样品")
        clerk.follow("发给大家核对")
        clerk.write_hour("请大家核对到什么时候", END + timedelta(days=2))
        self.look(clerk)
        clerk.press("发给大家")
        clerk.sees("请到会的人逐行看看")

    def read(self) -> None:
        """The owner finds one line wrong and the rest right; the manager finds nothing wrong."""
        owner, manager = self.owner, self.manager
        owner.go(self.minutes)
        line = owner.one("li.row").filter(has_text="九月底前换")
        line.get_by_role("link", name="有出入").click()
        owner.write("哪里不对，应该是什么", "说的是十月底。")
        self.look(owner)
        owner.press("提异议")
        owner.sees("说的是十月底。")
        owner.press("其余都没有错")
        owner.sees("您都核对过了")
        self.look(owner)
        manager.go(self.minutes)
        manager.press("其余都没有错")
        manager.sees("您都核对过了")

    def answer(self) -> None:
        clerk = self.clerk
        clerk.go(self.minutes)
        clerk.sees("说的是十月底。", "还有 1 条异议等着改或者答复")
        clerk.follow("发言要点")
        clerk.write("一行写一条", MENDED)
        clerk.press("保存")
        clerk.sees("十月底前换", "已经照改")
        self.look(clerk)

    def seal(self, portal: Portal) -> None:
        """The hour passes; nobody presses anything. What is public hides names, and does not change any more."""
        portal.wait_until(END + timedelta(days=3))
        visitor, owner, manager = self.visitor, self.owner, self.manager
        visitor.go(self.minutes)
        visitor.sees("公布的一份", "怎么知道没改过", "十月底前换")
        assert "陈立军" not in visitor.one("main").inner_text()
        self.look(visitor)
        owner.go(self.minutes)
        owner.sees("陈立军", "公布的一份：")
        self.look(owner)
        manager.go("/tasks")
        manager.follow("换塑木板，先报样品")
        manager.write("办到哪了", "样品到了。")
        manager.press("说一说")
        manager.sees("样品到了。")
        self.look(manager)
