"""The whole demo as it comes out: what the stories promise is in the database, and nothing else."""

from collections import Counter
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts import passwords
from portal.accounts.models import Membership, User
from portal.assembly.models.votes import OwnersVote
from portal.core.columns import Instant
from portal.core.db import Base, db
from portal.core.digests import digest
from portal.core.eventlog import Entry
from portal.councils import phases
from portal.councils.models import Response, Seat, Topic
from portal.councils.words import TopicState
from portal.decisions.models import Decision, Objection
from portal.demo import sources
from portal.demo.build import PASSWORD, built
from portal.demo.words import STAGES
from portal.discussion.models import Comment
from portal.meetings.models import Invitation, Meeting
from portal.meetings.room import Hand, Turn
from portal.meetings.words import MeetingState
from portal.minutes.models import ItemOutcome, Minutes, MinutesMark, Task
from portal.places.models import Place, Unit, Use
from portal.projects.models import Delay, Project, Spending
from portal.voting.models import Participation, Poll
from tests.conftest import Client
from tests.world import NOW, World

AHEAD = set(
    "due_at promised_at opens_at closes_at effect_from posted_until until roll_until objections_until next_due_at "
    "look_by editable_until rule_by expires_at starts_at ends_at notice_by confirm_until nominate_until first_at "
    "sign_up_by withdraw_by answer_by".split()
)
"""Columns that name an hour to come."""


def count(model: Any, *where: Any) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*where)) or 0


def topics() -> dict[str, Topic]:
    """Topics by the key of their story."""
    named = {s.steps[0]["title"]: s.key for s in sources.stories()}
    return {named[topic.title]: topic for topic in db.session.scalars(sa.select(Topic))}


def test_every_topic_stands_where_its_story_leaves_it(demo: Flask) -> None:
    found = topics()
    assert set(found) == {s.key for s in sources.stories()}
    for story in sources.stories():
        assert found[story.key].state in STAGES[story.stage, story.end], story.key
    assert {state for states in STAGES.values() for state in states} - {t.state for t in found.values()} <= {
        TopicState.DECIDED,
        TopicState.CLOSED,
    }


def test_the_register_is_the_rosters(demo: Flask) -> None:
    assert count(Unit, Unit.use == Use.HOME) == 4470
    names = db.session.scalars(sa.select(Place.name).where(Place.kind == "estate"))
    assert set(names) == {"一化小区", "东府嘉和", "城馨丽锦"}


def test_nothing_lies_in_the_future(demo: Flask) -> None:
    looked_at = 0
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, Instant) and column.name not in AHEAD:
                last = db.session.scalar(sa.select(sa.func.max(column)))
                assert last is None or last <= NOW, column
                looked_at += last is not None
    assert looked_at > 30


def test_numbers_run_like_a_real_year(demo: Flask) -> None:
    raised = db.session.execute(sa.select(Topic.created_at, Topic.number).order_by(Topic.id)).all()
    assert [r.created_at for r in raised] == sorted(r.created_at for r in raised)
    assert [r.number for r in raised] == sorted(r.number for r in raised)
    entries = list(db.session.scalars(sa.select(Entry.at).order_by(Entry.id)))
    assert entries == sorted(entries)


def test_as_many_vote_as_the_decision_says(demo: Flask) -> None:
    polls = {poll.topic_id: poll for poll in db.session.scalars(sa.select(Poll))}
    for story in sources.stories():
        cast = sum(
            step.get("n", 0) + (1 if isinstance(step.get("by"), str) else len(step.get("by", ())))
            for step in story.steps
            if step["do"] == "vote"
        )
        if cast:
            poll = polls[topics()[story.key].id]
            assert count(Participation, Participation.poll_id == poll.id) == cast, story.key
            assert poll.voters > cast
    boardwalk = polls[topics()["boardwalk"].id]
    assert boardwalk.tally is not None
    assert sorted(boardwalk.tally["tally"].values()) == [11, 19, 81]


def test_the_loop_left_its_traces(demo: Flask) -> None:
    late = count(Response, Response.given_at > Response.due_at)
    overdue = count(Response, Response.given_at.is_(None), Response.due_at < NOW)
    waiting = count(Response, Response.given_at.is_(None), Response.due_at > NOW)
    assert (late, overdue, waiting) >= (1, 1, 1)
    assert count(Comment, Comment.state == "hidden") == 1
    assert count(Delay) == 3
    assert count(Spending) == 18
    assert Counter(db.session.scalars(sa.select(Project.state))) == {
        "underway": 3,
        "accepted": 2,
        "closed": 2,
    }
    assert count(Topic, Topic.state == "closed") == 2
    assert count(Objection, Objection.answered_at.is_(None)) == 1
    assert count(Decision, Decision.state == "effective") == 7
    assert count(Seat) == 12
    charging = topics()["charging-wires"]
    assert charging.merged_into_id == topics()["charging-yihua"].id


def test_meetings_left_their_minutes(demo: Flask) -> None:
    """Three are sealed and published, of the last somebody who was there says that a line is wrong. Between them was a
    tea, whose board says who took what."""
    *three, tea, sent = db.session.scalars(sa.select(Minutes).order_by(Minutes.id)).all()
    assert [(str(m.state), m.number) for m in three] == [("sealed", f"纪〔2026〕00{n}号") for n in (1, 2, 3)]
    sealed = three[-1]
    assert sealed.digest == digest(sealed.text)
    assert (str(sent.state), count(MinutesMark, MinutesMark.stance == "wrong")) == ("sent", 1)
    assert sent.confirm_until is not None
    assert sent.confirm_until > NOW
    assert str(tea.state) == "sealed"
    said = Counter(db.session.scalars(sa.select(ItemOutcome.said)))
    assert [text for text, times in said.items() if times > 1] == [], "no two minutes say the same"
    on_board = Task.note_id.is_not(None)
    assert Counter(db.session.scalars(sa.select(Task.state).where(~on_board))) == {
        "open": 2,
        "done": 1,
        "noted": 1,
    }
    assert Counter(db.session.scalars(sa.select(Task.state).where(on_board))) == {"open": 2, "done": 3}
    assert count(Task, Task.state == "open", Task.due_at < NOW) == 1


def test_lifts_were_explained_talked_about_and_asked_before_their_roll(demo: Flask) -> None:
    topic_id = db.session.scalars(
        sa.select(OwnersVote.topic_id).where(OwnersVote.topic_id.is_not(None))
    ).one()
    marks = {line.phase.value: line.mark for line in phases.way(phases.of_topic(topic_id or 0))}
    assert [marks[word] for word in ("explained", "tabled", "asked", "roll")] == ["done"] * 3 + ["now"]


def test_what_was_asked_for_somebody_carries_both_names(demo: Flask) -> None:
    names = dict(db.session.execute(sa.select(User.id, User.name)).all())
    found = sa.select(Entry).where(Entry.name == "topic.raised", Entry.entered_by_id.is_not(None))
    both = {(names[e.actor_id or 0], names[e.entered_by_id or 0]) for e in db.session.scalars(found)}
    assert both == {("王秀兰", "贺贝贝")}


def test_neighbours_have_a_home_and_no_way_in(demo: Flask) -> None:
    named = len(sources.people()) + 1
    assert count(User, User.password_hash.is_not(None)) == named
    assert 200 <= count(User) - named <= 600
    bare = sa.select(User.id).where(User.password_hash.is_(None))
    assert count(User, User.password_hash.is_(None), User.phone.is_not(None)) == 0
    assert count(Membership, Membership.user_id.in_(bare)) == count(User) - named


def test_who_lives_and_trades_here_belongs_to_both_units(demo: Flask) -> None:
    labels = (
        sa.select(Place.label)
        .join(Membership, Membership.unit_id == Place.id)
        .join(User, User.id == Membership.user_id)
        .where(User.name == "崔相洙")
    )
    assert set(db.session.scalars(labels)) == {"11号楼1单元1102室", "27号楼商03"}


def test_large_text_is_on_for_who_likes_it(demo: Flask) -> None:
    assert set(db.session.scalars(sa.select(User.name).where(User.large_text))) == {"王秀兰"}


def test_the_printed_password_opens_every_named_account(demo: Flask) -> None:
    cost = demo.config["PASSWORD_COST"]
    hashes = db.session.scalars(sa.select(User.password_hash).where(User.phone.is_not(None)))
    assert all(passwords.agrees(PASSWORD, kept, cost) for kept in set(hashes))


@pytest.fixture
def resident(demo: Flask) -> Client:
    """A browser in which 李敏 has signed in with the printed password."""
    demo.test_client_class = Client
    client: Client = demo.test_client()  # type: ignore[assignment]
    reply = client.submit("/sign-in", {"name": "19900001037", "password": PASSWORD})
    assert reply.status_code == 303, reply.text
    return client


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/topics",
        "/polls",
        "/decisions",
        "/projects",
        "/places",
        "/me",
        "/meetings",
        "/minutes",
        "/tasks",
    ],
)
def test_its_pages_open(resident: Client, path: str) -> None:
    assert resident.get(path, follow_redirects=True).status_code == 200


def test_the_page_of_every_topic_opens(resident: Client) -> None:
    pages = {key: resident.get(f"/topics/{id}") for key, id in [(k, t.id) for k, t in topics().items()]}
    assert {key for key, page in pages.items() if page.status_code != 200} == set()


def test_a_second_run_changes_nothing(demo: Flask) -> None:
    before = count(Entry)
    run = demo.test_cli_runner().invoke(args=["demo"])
    assert run.exit_code == 0, run.output
    assert "is there already" in run.output
    assert count(Entry) == before


def test_sign_ins_are_printed(demo: Flask) -> None:
    run = demo.test_cli_runner().invoke(args=["demo", "sign-ins"])
    assert run.exit_code == 0, run.output
    assert PASSWORD in run.output
    assert all(told["phone"] in run.output for told in sources.people().values())


def test_a_real_portal_does_not_build_it(demo: Flask) -> None:
    demo.config["DEMO"] = False
    try:
        run = demo.test_cli_runner().invoke(args=["demo"])
    finally:
        demo.config["DEMO"] = True
    assert run.exit_code == 1
    assert "PORTAL_DEMO" in run.output


def test_it_is_not_built_beside_other_communities(app: Flask, world: World) -> None:
    app.config["DEMO"] = True
    try:
        run = app.test_cli_runner().invoke(args=["demo"])
    finally:
        app.config["DEMO"] = False
    assert run.exit_code == 1
    assert "已经有别的社区" in run.output
    assert not built(beside=True)


def test_a_meeting_is_on(demo: Flask) -> None:
    """Called late and told why, in session for half an hour, hands shown and somebody still awaited."""
    meeting = db.session.scalars(sa.select(Meeting).where(Meeting.state == MeetingState.OPEN)).one()
    assert meeting.starts_at <= NOW < meeting.ends_at
    assert meeting.short_notice_because
    assert count(Hand) == 3
    assert count(Turn, Turn.called_at.is_(None)) == 2
    members = (Invitation.meeting_id == meeting.id, Invitation.member.is_(True))
    assert count(Invitation, *members) - count(Invitation, *members, Invitation.arrived_at.is_not(None)) == 1
    assert count(Meeting, Meeting.state == MeetingState.PLANNED) >= 4
