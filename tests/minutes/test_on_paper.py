"""Whoever was there and has no account signs on paper, which is entered: who, when, twice, and from elsewhere."""

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from portal.meetings.models import Invitation, Meeting
from portal.minutes.actions.confirming import answer_mark, confirm_rest
from portal.minutes.actions.on_paper import enter_objection, enter_signature
from portal.minutes.models import Minutes, MinutesMark
from portal.minutes.words import Heading, Stance
from tests.conftest import Client
from tests.meetings.conftest import THURSDAY, invitation_of
from tests.minutes.conftest import UNTIL, core_item, lines, tick, write
from tests.world import World

TODAY = THURSDAY.date()


def page_of(reply: Any) -> BeautifulSoup:
    return BeautifulSoup(reply.data, "html.parser")


def sign(world: World, minutes: Minutes, guest: Invitation, who: str = "worker", **given: Any) -> int:
    words = {"invitation_id": guest.id, "signed_on": TODAY, **given}
    return enter_signature(world.actor(who), minutes, **words)


def marks() -> list[MinutesMark]:
    return list(db.session.scalars(sa.select(MinutesMark).order_by(MinutesMark.id)))


def test_a_signature_counts_like_a_click(world: World, guest: Invitation, sent: Minutes) -> None:
    standing = sign(world, sent, guest)
    assert standing == len(marks()) > 3
    assert sign(world, sent, guest) == 0, "the same again"
    assert {(m.stance, m.signed_on, m.entered_by_id) for m in marks()} == {
        (Stance.RIGHT, TODAY, world.ids["worker"])
    }
    told = sa.select(Entry).where(Entry.name == "minutes.paper_entered")
    assert len(db.session.scalars(told).all()) == 1
    with clock.frozen(UNTIL):
        tick()
    assert json.loads(sent.text)["read"] == {"present": 5, "asked": 4, "all": 1, "on_paper": 1}


def test_an_objection_on_paper_waits_for_its_answer(world: World, guest: Invitation, sent: Minutes) -> None:
    line = lines(sent, Heading.SAID, core_item(sent).id)[0]
    given: dict[str, Any] = {"invitation_id": guest.id, "line_id": line.id, "signed_on": TODAY}
    for _ in range(2):
        enter_objection(world.worker, sent, reason="我也说了", **given)
    with pytest.raises(Invalid):
        enter_objection(world.worker, sent, reason="", **given)
    sign(world, sent, guest)
    wrong = [m for m in marks() if m.stance is Stance.WRONG]
    assert [(m.line_id, m.reason) for m in wrong] == [(line.id, "我也说了")]
    with clock.frozen(UNTIL):
        tick()
        assert str(sent.state) == "sent"
        answer_mark(world.worker, sent, mark_id=wrong[0].id, answer="记在别处了")
        tick()
        assert str(sent.state) == "sealed"
    kept = json.loads(sent.public_text)["objections"]
    assert [(o["signed_on"], o["answer"]) for o in kept] == [(TODAY.isoformat(), "记在别处了")]


def test_a_corrected_line_is_signed_again(world: World, guest: Invitation, sent: Minutes) -> None:
    sign(world, sent, guest)
    write(world, sent, Heading.PARKED, "东门和西门的路灯也该换了")
    assert sign(world, sent, guest) == 1


def test_who_speaks_for_himself_is_not_spoken_for(world: World, guest: Invitation, sent: Minutes) -> None:
    own = invitation_of(db.session.get_one(Meeting, sent.meeting_id), world.ids["owner"])
    with pytest.raises(Conflict, match="有账号"):
        sign(world, sent, own)
    with transaction():
        db.session.execute(sa.update(Invitation).where(Invitation.id == guest.id).values(arrived_at=None))
    db.session.expire_all()
    with pytest.raises(Conflict, match="没有到会"):
        sign(world, sent, guest)


def test_a_substitute_without_an_account_signs_for_the_seat(
    client: Client, world: World, sent: Minutes
) -> None:
    """Whoever sent him was not there and confirms nothing; he himself has no account to do it with."""
    with transaction():
        seat = invitation_of(db.session.get_one(Meeting, sent.meeting_id), world.ids["manager"])
        seat.substitute = "小周"
    db.session.expire_all()
    shown = client.sign_in("worker").get(f"/minutes/{sent.id}").text
    assert "到会的有 1 人没有账号" in shown
    assert "小周" in client.get(f"/minutes/{sent.id}/signatures").text
    assert "小周" in client.get(f"/minutes/{sent.id}/signatures/{seat.id}").text
    assert sign(world, sent, seat) > 0
    with pytest.raises(NotAllowed):
        confirm_rest(world.manager, sent)


def test_another_meetings_guest_is_nobody_here(world: World, guest: Invitation, sent: Minutes) -> None:
    with pytest.raises(NotVisible):
        sign(world, sent, guest, invitation_id=0)


@pytest.mark.parametrize("days", [-1, 1])
def test_the_day_of_a_signature(world: World, guest: Invitation, sent: Minutes, days: int) -> None:
    with pytest.raises(Invalid):
        sign(world, sent, guest, signed_on=TODAY + timedelta(days=days))


def test_only_those_who_write_and_in_time(world: World, guest: Invitation, sent: Minutes) -> None:
    for name in ("owner", "manager"):
        with pytest.raises(NotAllowed):
            sign(world, sent, guest, name)
    with pytest.raises(NotVisible):
        sign(world, sent, guest, "neighbour")
    with clock.frozen(UNTIL), pytest.raises(NotAllowed, match="时间过了"):
        sign(world, sent, guest, signed_on=TODAY)
    assert marks() == []


def test_before_they_are_out_nothing_is_signed(world: World, guest: Invitation, draft: Minutes) -> None:
    with pytest.raises(NotAllowed):
        sign(world, draft, guest)


def test_the_sheet_and_what_stood_on_it(
    client: Client, world: World, guest: Invitation, sent: Minutes
) -> None:
    """From the printed sheet to the last line, without scripts."""
    place = f"/minutes/{sent.id}"
    client.sign_in("worker")
    assert page_of(client.get(place)).select(f"a[href='{place}/signatures']")
    sheet = page_of(client.get(f"{place}/signatures/sheet"))
    assert "东门的路灯也该换了" in sheet.text
    names = [cell.text for cell in sheet.select("tbody th")]
    assert names == ["马玉珍"], "whoever has an account confirms there"
    line = lines(sent, Heading.SAID, core_item(sent).id)[0]
    own = f"{place}/signatures/{guest.id}"
    form = {"stance": "wrong", "line": "", "reason": "我也说了", "signed_on": TODAY.isoformat()}
    refused = client.submit(own, form)
    assert refused.status_code == 422
    assert "请选是哪一行" in page_of(refused).text
    assert client.submit(own, {**form, "line": str(line.id)}).status_code == 303
    assert client.submit(own, {**form, "line": "", "stance": "right", "reason": ""}).status_code == 303
    row = page_of(client.get(f"{place}/signatures")).select_one(".rows")
    assert row
    assert "1 行有出入" in row.text
    assert "都核对过了" in row.text
    assert "写在纸上，由记录人录入" in page_of(client.sign_in("owner").get(place)).text
    assert client.get(own).status_code == 403
    asked = invitation_of(db.session.get_one(Meeting, sent.meeting_id), world.ids["owner"])
    assert client.sign_in("worker").get(f"{place}/signatures/{asked.id}").status_code == 404
