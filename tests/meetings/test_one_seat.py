"""One person, one seat, whoever names him and by whichever door he comes; who sits there changes at the door alone."""

from functools import partial

import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from portal.accounts.models import User
from portal.core import door
from portal.core.db import db, transaction
from portal.meetings.actions import arriving, running
from portal.meetings.actions.calling import answer_invitation
from portal.meetings.models import Meeting
from portal.meetings.presence import attendance_of
from portal.meetings.sides import Side
from portal.meetings.words import Reply
from portal.minutes.models import Minutes
from tests.conftest import Client
from tests.meetings.conftest import come, invitation_of
from tests.meetings.test_actions_room import of, refused
from tests.meetings.test_standing_in import sends, walks_in
from tests.world import World


def test_who_sits_there_changes_at_the_door_alone(client: Client, world: World, evening: Meeting) -> None:
    """Once somebody has checked in on a seat, nobody puts himself or another one there from home."""
    asked = invitation_of(evening, world.ids["owner"])
    come(world, evening, "owner")
    assert "到门口" in refused(partial(sends, world, evening, "tenant")).reasons[0]
    place = f"/invitations/{asked.id}/reply"
    offered = BeautifulSoup(client.sign_in("owner").get(place).data, "html.parser")
    assert not offered.select("input[value=substitute]")
    answer_invitation(world.owner, asked, reply=Reply.YES)
    arriving.check_out(world.worker, evening, invitation_id=asked.id)
    arriving.check_in(world.worker, evening, invitation_id=asked.id, substitute="小周")
    back = partial(answer_invitation, world.owner, asked, reply=Reply.YES)
    assert "到门口" in refused(back).reasons[0]
    assert place not in client.get(f"/meetings/{evening.id}").text


def test_one_person_sits_on_one_seat(client: Client, world: World, evening: Meeting) -> None:
    """Whoever names him, by whichever door; the page says where he sits and what to do."""
    for name in ("owner", "manager"):
        sends(world, evening, "tenant", by=name)
    walks_in(world, evening, "tenant")
    seats = [invitation_of(evening, world.ids[name]) for name in ("owner", "manager")]
    _taken, other = sorted(seats, key=lambda seat: not seat.present)
    assert not other.present
    place = f"/meetings/{evening.id}"
    client.sign_in("worker")
    said = client.submit(f"{place}/arrivals/{other.id}")
    assert said.status_code == 422
    assert "记成“走了”" in BeautifulSoup(said.data, "html.parser").select_one("#door .alert").text  # type: ignore[union-attr]
    assert attendance_of(evening).here == 1
    come(world, evening, "chair", "secretary")
    running.open_meeting(world.secretary, evening)
    running.close_meeting(world.worker, evening)
    minutes = db.session.scalars(sa.select(Minutes)).one()
    late = client.submit(f"/minutes/{minutes.id}/attendance/{other.id}")
    assert late.status_code == 409
    assert "只坐一席" in BeautifulSoup(late.data, "html.parser").select_one("#attendance .alert").text  # type: ignore[union-attr]
    db.session.refresh(other)
    assert other.arrived_at is None


def test_who_sits_beside_and_is_sent_gives_up_the_one_seat_first(
    client: Client, world: World, evening: Meeting, application: Flask
) -> None:
    guest = arriving.admit(world.worker, evening, who="赵强", side=Side.RESIDENT)
    sends(world, evening, "tenant")
    seat = invitation_of(evening, world.ids["owner"])
    assert "赵强那一席" in refused(partial(walks_in, world, evening, "tenant")).reasons[0]
    person = db.session.get_one(User, world.ids["tenant"])
    secret = str(application.config["SECRET_KEY"])
    client.sign_in("worker")
    card = {"card": door.card(secret, person.id, person.stamp)}
    for way, given in (("cards", card), ("guests", {"who": "赵强", "side": "resident"})):
        said = client.submit(f"/meetings/{evening.id}/{way}", given)
        assert (said.status_code, "只坐一席" in said.text) == (422, True), way
    arriving.check_out(world.worker, evening, invitation_id=guest.id)
    walks_in(world, evening, "tenant")
    assert seat.present


def test_where_the_page_says_he_sits_he_sits(client: Client, world: World, evening: Meeting) -> None:
    """He gave his own seat away and comes for somebody else: nobody is thrown off the seat he gave."""
    sends(world, evening, "tenant", by="chair")
    sends(world, evening, "chair")
    own, seat = (invitation_of(evening, world.ids[name]) for name in ("chair", "owner"))
    walks_in(world, evening, "tenant")
    assert "您替王秀兰来" in client.sign_in("chair").get(f"/meetings/{evening.id}").text
    walks_in(world, evening, "chair")
    assert (own.sits, seat.present, seat.sits) == (world.ids["tenant"], True, world.ids["chair"])
    himself = partial(arriving.check_in, world.worker, evening, invitation_id=own.id, himself=True)
    assert "王秀兰那一席" in refused(himself).reasons[0], "two seats are not his"
    assert own.sits == world.ids["tenant"]


def test_who_sits_there_does_not_see_himself(client: Client, world: World, evening: Meeting) -> None:
    """The recorder stands in for a member and lets himself in: the member who leads has the button, he has not."""
    with transaction():
        evening.recorder_id, evening.chair_id = world.ids["tenant"], world.ids["owner"]
    sends(world, evening, "tenant")
    own = of(evening, world, "owner")
    arriving.check_in(world.tenant, evening, invitation_id=own)
    for name, has in (("tenant", False), ("owner", True)):
        page = client.sign_in(name).get(f"/meetings/{evening.id}/door").text
        assert ("我看到他到了" in page) is has, name
