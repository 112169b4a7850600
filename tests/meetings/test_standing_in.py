"""Somebody comes in somebody's place: named with his phone he acts from that seat himself, and nobody learns whether a
number has an account. And whoever let himself in is seen by another one."""

from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.accounts.models import User
from portal.core import clock, door
from portal.core.db import db, transaction
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.waiting import waiting_for
from portal.meetings import feeds
from portal.meetings.actions import arriving, motions, running, turns
from portal.meetings.actions.calling import answer_invitation
from portal.meetings.models import Meeting
from portal.meetings.presence import attendance_of
from portal.meetings.sides import Side
from portal.meetings.tally import Choice
from portal.meetings.words import MotionState, Reply
from portal.minutes.actions.confirming import confirm_rest, send_minutes
from portal.minutes.models import Minutes
from portal.minutes.queries.minutes import minutes_page
from portal.minutes.words import Outcome
from tests.conftest import Client
from tests.meetings.conftest import come, invitation_of, items_of, moved
from tests.meetings.test_actions_room import attended, of, refused
from tests.minutes.conftest import UNTIL, written
from tests.world import World

NOBODYS = "19900009999"


def phone_of(world: World, name: str) -> str:
    phone = db.session.get_one(User, world.ids[name]).phone
    assert phone
    return phone


def sends(world: World, meeting: Meeting, whom: str, name: str = "", by: str = "owner") -> None:
    """Somebody is named with his phone, by the name of his account unless another one is given."""
    asked = invitation_of(meeting, world.ids[by])
    name = name or db.session.get_one(User, world.ids[whom]).name
    answer_invitation(
        world.actor(by), asked, reply=Reply.SUBSTITUTE, substitute=name, phone=phone_of(world, whom)
    )


def walks_in(world: World, meeting: Meeting, name: str, secret: str = "secret") -> None:
    code = door.code(secret, f"meeting:{meeting.id}", clock.now())
    arriving.come(world.actor(name), meeting, code=code, secret=secret)


def test_he_checks_in_himself_and_counts_for_that_side(world: World, evening: Meeting) -> None:
    sends(world, evening, "tenant")
    asked = invitation_of(evening, world.ids["owner"])
    walks_in(world, evening, "tenant")
    assert (asked.present, asked.substitute, asked.reply) == (True, "赵强", Reply.SUBSTITUTE)
    assert attendance_of(evening).sides[Side.RESIDENT].present == 1
    assert attendance_of(evening).here == 1, "and is no guest beside it"
    come(world, evening, "chair", "manager", "secretary")
    running.open_meeting(world.secretary, evening)
    running.take_up(world.secretary, evening, item_id=items_of(evening)[1].id)
    turns.declare_stake(world.tenant, evening, what="")
    motion = moved(world, evening)
    motions.second_motion(world.chair, motion)
    motions.put_motion(world.secretary, motion)
    motions.show_hand(world.tenant, motion, choice=Choice.FOR)
    assert (
        "赵强替您"
        in refused(partial(motions.show_hand, world.owner, motion, choice=Choice.AGAINST)).reasons[0]
    )
    motions.decide_motion(world.secretary, motion)
    assert (motion.state, motion.n_for, motion.n_present) == (MotionState.CARRIED, 1, 4)


def test_the_points_are_his_and_so_are_the_minutes(world: World, evening: Meeting) -> None:
    sends(world, evening, "tenant")
    walks_in(world, evening, "tenant")
    come(world, evening, "chair", "manager", "secretary")
    running.open_meeting(world.secretary, evening)
    running.close_meeting(world.worker, evening)
    people = ("chair", "manager", "tenant")
    assert attended(evening) == [sorted(world.ids[name] for name in people)]
    minutes = db.session.scalars(sa.select(Minutes)).one()
    written(world, minutes, Outcome.AGAIN)
    send_minutes(world.secretary, minutes, until=UNTIL)
    assert "read_minutes" in {w.kind for w in waiting_for(world.tenant)}
    assert "read_minutes" not in {w.kind for w in waiting_for(world.owner)}
    page: Any = minutes_page(world.tenant, minutes.id)
    person = next(p for p in page.document["people"] if p["side"] == Side.RESIDENT)
    assert (person["name"], person["substitute"]) == ("王秀兰", "赵强")
    confirm_rest(world.tenant, minutes)
    with pytest.raises(NotAllowed):
        confirm_rest(world.owner, minutes)


def test_he_is_told_and_has_it_in_his_calendar(world: World, called: Meeting) -> None:
    tenant = db.session.get_one(User, world.ids["tenant"])
    assert "stand_in" not in {w.kind for w in waiting_for(world.tenant)}
    sends(world, called, "tenant")
    assert "stand_in" in {w.kind for w in waiting_for(world.tenant)}
    assert [row.id for row in feeds.of_person(tenant)] == [called.id]
    asked = invitation_of(called, world.ids["owner"])
    answer_invitation(world.owner, asked, reply=Reply.YES)
    assert "stand_in" not in {w.kind for w in waiting_for(world.tenant)}
    assert feeds.of_person(tenant) == []


def test_nobody_learns_whether_a_number_has_an_account(client: Client, world: World, called: Meeting) -> None:
    place = f"/invitations/{of(called, world, 'owner')}/reply"
    client.sign_in("owner")
    read = {}
    phones = {"account": "tenant", "another's": "co_owner", "nobody's": ""}
    for name, phone in ((n, phone_of(world, who) if who else NOBODYS) for n, who in phones.items()):
        said = client.submit(place, {"reply": "substitute", "substitute": "赵强", "phone": phone})
        assert said.status_code == 303
        shown = [client.get(address) for address in (f"/meetings/{called.id}", place)]
        read[name] = [
            " ".join(m.text for m in BeautifulSoup(page.data, "html.parser").select("main")) for page in shown
        ]
    assert read["account"] == read["another's"] == read["nobody's"]
    assert "赵强" in read["account"][0]
    own = client.submit(place, {"reply": "substitute", "substitute": "我", "phone": phone_of(world, "owner")})
    assert own.status_code == 422
    short = client.submit(place, {"reply": "substitute", "substitute": "小赵", "phone": "1990000"})
    assert "少 4 位" in short.text


def test_staff_do_not_learn_whose_number_it_is(client: Client, world: World, called: Meeting) -> None:
    """The person himself is told that he wrote his own; whoever answers for him is told nothing."""
    asked = invitation_of(called, world.ids["owner"])
    client.sign_in("worker")
    for phone in (phone_of(world, "owner"), NOBODYS):
        for name in ("小赵", "王秀兰"):
            given = {"reply": "substitute", "substitute": name, "phone": phone}
            assert client.submit(f"/invitations/{asked.id}/reply", given).status_code == 303
            db.session.refresh(asked)
            assert (asked.substitute, asked.substitute_id) == (name, None)


def test_a_name_and_a_phone_are_of_one_person(world: World, evening: Meeting) -> None:
    sends(world, evening, "tenant", "王芳")
    asked = invitation_of(evening, world.ids["owner"])
    arriving.check_in(world.worker, evening, invitation_id=asked.id)
    assert (asked.present, asked.substitute, asked.sits) == (True, "王芳", None)
    assert "stand_in" not in {w.kind for w in waiting_for(world.tenant)}
    sends(world, evening, "co_owner", "王 芳", by="manager")
    assert invitation_of(evening, world.ids["manager"]).sits == world.ids["co_owner"], (
        "written in another way"
    )


def test_the_same_name_again_without_the_number_keeps_him(world: World, called: Meeting) -> None:
    sends(world, called, "tenant")
    asked = invitation_of(called, world.ids["owner"])
    answer_invitation(world.owner, asked, reply=Reply.SUBSTITUTE, substitute="赵强")
    assert asked.substitute_id == world.ids["tenant"]
    answer_invitation(world.owner, asked, reply=Reply.SUBSTITUTE, substitute="小钱")
    assert asked.substitute_id is None


def test_a_member_has_his_own_seat_whoever_names_him(world: World, evening: Meeting) -> None:
    sends(world, evening, "chair")
    walks_in(world, evening, "chair")
    assert invitation_of(evening, world.ids["chair"]).present
    assert not invitation_of(evening, world.ids["owner"]).present
    at_the_door = partial(arriving.check_in, world.worker, evening, invitation_id=of(evening, world, "owner"))
    assert "一个人只坐一席" in refused(at_the_door).reasons[0], "whom he named before"
    on_another = partial(at_the_door, invitation_id=of(evening, world, "manager"), substitute="顾建平")
    assert "一个人只坐一席" in refused(on_another, Invalid).reasons[0]
    assert "要是别人" in refused(partial(at_the_door, substitute="王秀兰"), Invalid).reasons[0]


def test_the_door_knows_a_substitute_with_an_account(world: World, evening: Meeting) -> None:
    own = of(evening, world, "owner")
    arriving.check_in(world.worker, evening, invitation_id=own, substitute=phone_of(world, "tenant"))
    asked = invitation_of(evening, world.ids["owner"])
    assert (asked.substitute, asked.sits) == ("赵强", world.ids["tenant"])
    walks_in(world, evening, "owner")
    assert (asked.substitute, asked.sits) == ("", world.ids["owner"]), "he came himself after all"


def test_a_name_alone_links_no_account_at_the_door(world: World, evening: Meeting) -> None:
    own = of(evening, world, "owner")
    arriving.check_in(world.worker, evening, invitation_id=own, substitute="赵强")
    asked = invitation_of(evening, world.ids["owner"])
    assert (asked.substitute, asked.sits) == ("赵强", None), "an outsider may be called like him"


@pytest.fixture
def unseen(world: World, evening: Meeting) -> Meeting:
    """Closed; the recorder kept the door and let himself in."""
    with transaction():
        evening.recorder_id = world.ids["owner"]
    arriving.check_in(world.owner, evening, invitation_id=of(evening, world, "owner"))
    come(world, evening, "chair", "manager")
    arriving.check_in(world.worker, evening, invitation_id=of(evening, world, "secretary"))
    running.open_meeting(world.worker, evening)
    running.close_meeting(world.worker, evening)
    return evening


def test_one_who_was_there_says_that_he_saw_him(client: Client, world: World, unseen: Meeting) -> None:
    own, place = of(unseen, world, "owner"), f"/meetings/{unseen.id}"
    ways = [f"form[action='{place}/witnesses/{own}']", "section[aria-labelledby=h-unseen]"]
    for name in ("tenant", "owner", "visitor"):
        page = BeautifulSoup(client.sign_in(name).get(place).data, "html.parser")
        assert not any(page.select(way) for way in ways), name
    with pytest.raises(NotAllowed):
        arriving.witness(world.tenant, unseen, invitation_id=own)
    with pytest.raises(NotVisible):
        arriving.witness(world.neighbour, unseen, invitation_id=own)
    with pytest.raises(Conflict):
        arriving.witness(world.owner, unseen, invitation_id=own)
    page = BeautifulSoup(client.sign_in("manager").get(place).data, "html.parser")
    assert all(page.select(way) for way in ways)
    before = attended(unseen)
    for _again in range(2):
        assert client.submit(f"{place}/witnesses/{own}").status_code == 303
    assert attended(unseen) == [*before, [world.ids["owner"]]], "once"
    assert "h-unseen" not in client.get(place).text


def test_the_page_of_arrivals_has_the_witnesss_button(client: Client, world: World, unseen: Meeting) -> None:
    minutes = db.session.scalars(sa.select(Minutes)).one()
    own, place = of(unseen, world, "owner"), f"/minutes/{minutes.id}/attendance"
    button = f"form[action='{place}/{own}/witness']"
    page = BeautifulSoup(client.sign_in("owner").get(place).data, "html.parser")
    assert not page.select(button), "he wrote it, and is not asked whether he saw himself"
    assert "还没有别人看到" in page.text
    page = BeautifulSoup(client.sign_in("worker").get(place).data, "html.parser")
    assert page.select(button)
    client.submit(f"{place}/{own}/witness")
    assert attended(unseen)[-1] == [world.ids["owner"]]
    assert "还没有别人看到" not in client.get(place).text
