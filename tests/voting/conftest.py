"""A council with a topic under deliberation, and polls on it in every state."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.core.db import db
from portal.councils.actions.raising import OptionDraft, raise_topic
from portal.councils.actions.screening import accept_topic, take_up
from portal.councils.actions.table import found_council, give_seat
from portal.councils.models import Council, Topic
from portal.councils.words import Category, Party
from portal.places.models import Place
from portal.voting.actions.casting import cast_ballot
from portal.voting.actions.opening import draft_poll, open_poll
from portal.voting.models import Ballot, Poll, SecretBallot
from portal.voting.sealing import unseal
from portal.voting.terms import Terms
from portal.voting.words import Method, RollKind, Secrecy
from tests.world import NOW, World

CLOSES = NOW + timedelta(days=3)
AFTER = CLOSES + timedelta(minutes=1)
VOTERS = ("chair", "co_owner", "owner", "tenant")
"""Who lives in the building that the topic is about."""

Draft = Callable[..., Poll]


@pytest.fixture
def council(world: World) -> Council:
    council = found_council(world.administrator, world.get(Place, "community"), name="梧桐社区议事会")
    for name, party in (("chair", Party.COMMITTEE), ("manager", Party.PROPERTY), ("owner", Party.RESIDENT)):
        give_seat(world.secretary, council, user_id=world.ids[name], party=party)
    return council


@pytest.fixture
def topic(world: World, council: Council) -> Topic:
    return on_the_table(world, council)


def on_the_table(world: World, council: Council, once: str = "once-topic") -> Topic:
    """A topic of the building that came as far as the talks."""
    topic = raise_topic(
        world.owner,
        council,
        place=world.get(Place, "building"),
        title="木栈道松动，要不要加固",
        body="木板松了三处，老人差点摔倒。",
        category=Category.REPAIR,
        once=once,
        options=[OptionDraft("换木板"), OptionDraft("加固基座"), OptionDraft("拆掉改草地")],
    )
    take_up(world.secretary, topic)
    accept_topic(world.secretary, topic, reason="多户反映，列入协商。")
    return topic


@pytest.fixture
def drafted(world: World, topic: Topic) -> Draft:
    """A poll as somebody drafts it: `drafted(secrecy=Secrecy.SECRET)`."""
    made = 0

    def draft(by: str = "secretary", **given: object) -> Poll:
        nonlocal made
        made += 1
        words = {
            "question": "木栈道按哪一种办法修？",
            "options": ["换木板", "加固基座", "拆掉改草地"],
            "closes_at": CLOSES,
            "once": f"once-poll-{made}",
        }
        return draft_poll(world.actor(by), topic, **{**words, **given})  # type: ignore[arg-type]

    return draft


@pytest.fixture
def opened(world: World, drafted: Draft) -> Draft:
    """An open poll; its roll are the members of the topic's building."""

    def open_one(**given: object) -> Poll:
        poll = drafted(**given)
        open_poll(world.secretary, poll)
        return poll

    return open_one


@pytest.fixture
def poll(opened: Draft) -> Poll:
    return opened()


@pytest.fixture
def secret(opened: Draft) -> Poll:
    return opened(secrecy=Secrecy.SECRET)


@pytest.fixture
def approval(opened: Draft) -> Poll:
    return opened(method=Method.APPROVAL, terms=Terms(max_choices=2))


@pytest.fixture
def seated(opened: Draft) -> Poll:
    return opened(roll_kind=RollKind.SEATS)


def marks_of(poll: Poll) -> list[str]:
    """What is on the papers in the box, those of an open secret poll unsealed with the portal's key."""
    if poll.secrecy is Secrecy.NAMED:
        return list(db.session.scalars(sa.select(Ballot.marks).where(Ballot.poll_id == poll.id)))
    kept = db.session.scalars(sa.select(SecretBallot.marks).where(SecretBallot.poll_id == poll.id)).all()
    return list(kept) if poll.closed_at else unseal(poll.id, kept)


def vote(world: World, poll: Poll, name: str, *choices: int, once: str = "") -> str:
    """Cast a ballot as somebody; returns his receipt code."""
    return cast_ballot(world.actor(name), poll, choices=choices, once=once or f"once-{name}")
