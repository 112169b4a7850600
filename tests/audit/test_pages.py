"""The log as its readers see it: who may, what it shows, and that looking is recorded."""

import csv
import io
from datetime import timedelta

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.core import clock
from portal.core.access import may
from portal.core.db import db, transaction
from portal.core.eventlog import Entry, Visibility
from portal.places.models import Place
from tests.world import NOW, World

MAY = ("secretary", "auditor", "administrator")


@pytest.fixture
def entries(world: World) -> None:
    """Something happened here and something in another community."""
    with transaction():
        db.session.add_all(
            [
                _entry(world, "topic.raised", "owner", "community"),
                _entry(world, "topic.withdrawn", "owner", "building", entered_by_id=world.ids["worker"]),
                _entry(world, "topic.closed", None, "community", at=NOW - timedelta(days=40)),
                _entry(world, "topic.raised", "neighbour", "other_community"),
            ]
        )


def _entry(world: World, name: str, who: str | None, place: str, **given: object) -> Entry:
    values = {"at": NOW, "entered_by_id": None, **given}
    return Entry(
        name=name,
        actor_id=world.ids[who] if who else None,
        party="resident",
        subject="topic:12",
        story="topic:12",
        place_path=world.paths[place],
        visibility=Visibility.PUBLIC,
        payload={"council_id": 1},
        request_id="r1",
        **values,
    )


def lines(reply) -> list[str]:
    assert reply.status_code == 200, reply.text
    page = BeautifulSoup(reply.text, "html.parser")
    return [" ".join(row.get_text(" ").split()) for row in page.select("#audit_list tbody tr")]


@pytest.mark.parametrize(
    "name", ["secretary", "auditor", "administrator", "worker", "manager", "chair", "owner", "visitor"]
)
def test_who_reads_the_log(world: World, name):
    place = world.get(Place, "community")
    assert bool(may(world.actor(name), "audit:see", place)) is (name in MAY)


@pytest.mark.parametrize("name", ["worker", "manager", "chair", "owner"])
def test_others_are_refused(client, entries, name):
    assert client.sign_in(name).get("/audit").status_code == 403
    assert client.get("/audit?format=csv").status_code == 403


def test_newest_first_with_who_and_for_whom(client, entries):
    found = lines(client.sign_in("auditor").get("/audit"))
    assert "何明查看了审计记录" in found[0]
    assert "系统" not in found[1]
    assert "王秀兰撤回了议题" in found[2]
    assert "沈佳慧" in found[2]
    assert "王秀兰提出议题" in found[3]
    assert "/topics/12" in client.get("/audit").text


def test_the_clock_is_called_the_system(client, entries):
    assert "系统" in client.sign_in("auditor").get("/audit?format=csv").data.decode("utf-8-sig")


def test_another_community_is_not_shown(client, entries):
    text = client.sign_in("secretary").get("/audit").text
    assert "马德明" not in text
    found = lines(client.sign_in("other_secretary").get("/audit"))
    assert len(found) == 2
    assert "马德明提出议题" in found[1]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("kind=topic.raised", 1),
        ("manner=behalf", 1),
        ("manner=portal", 1),
        ("q=王秀兰", 2),
        ("q=沈佳慧", 1),
        ("q=topic:12", 3),
        ("until=2026-05-31", 1),
        ("since=2026-06-16&kind=topic.raised", 1),
        ("since=2026-06-17", 0),
        ("kind=no.such&since=x&until=0000-99-99&after=x&q=%00", 4),
    ],
)
def test_narrowed(client, entries, query, count):
    assert len(lines(client.sign_in("auditor").get(f"/audit?{query}"))) == count


def views(world: World, name: str) -> int:
    found = sa.select(sa.func.count()).where(Entry.name == name, Entry.actor_id == world.ids["auditor"])
    return db.session.scalar(found) or 0


def test_looking_is_recorded_once_an_hour(client, world: World, entries):
    client.sign_in("auditor")
    client.get("/audit")
    client.get("/audit?q=x")
    assert views(world, "audit.viewed") == 1
    with clock.frozen(NOW + timedelta(minutes=61)):
        client.get("/audit")
    assert views(world, "audit.viewed") == 2


def test_every_export_is_recorded(client, world: World, entries):
    client.sign_in("auditor")
    reply = client.get("/audit?format=csv&kind=topic.raised")
    rows = list(csv.reader(io.StringIO(reply.data.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[1][2:5] == ["王秀兰", "", "王秀兰提出议题"]
    assert client.get("/audit?format=xlsx").data[:2] == b"PK"
    assert views(world, "audit.exported") == 2


def test_no_payload_is_shown(client, entries):
    assert "council_id" not in client.sign_in("auditor").get("/audit").text


def test_pages_follow_each_other(client, world: World, entries, statements):
    with transaction():
        db.session.add_all(_entry(world, "topic.raised", "owner", "community") for _ in range(120))
    client.sign_in("auditor").get("/audit")
    del statements[:]
    first = client.get("/audit")
    assert len(statements) <= 6
    assert len(lines(first)) == 50
    following = BeautifulSoup(first.text, "html.parser").select_one(".pager a[rel=next]")
    assert following is not None
    assert len(lines(client.get(str(following["href"])))) == 50
