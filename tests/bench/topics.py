"""Topics at every stop, as many as a council gathers in years, and the one whose page is measured."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db, transaction
from portal.core.eventlog import EVENTS, Entry
from portal.councils.models import (
    Council,
    Endorsement,
    Response,
    ResponseState,
    StopCount,
    Topic,
    TopicOption,
)
from portal.councils.words import STOP, Category, Party, TopicState

from .community import Community, insert_many

PER_SCALE = 500
ENDORSEMENTS = 5
SHOWN_EVENTS = 30
OPENINGS = (
    "北门的路灯坏了三盏",
    "12号楼前的木栈道塌了一块",
    "电动车充电桩不够用",
    "楼道里堆了不少杂物",
    "儿童活动区的地垫翘边",
)
REST = "，老人和孩子晚上经过时很不方便。上个月已经有两位邻居在这里绊倒，希望能尽快看一看，说清楚谁来修、花多少钱。"
STATES = tuple(STOP)
HISTORY = (
    "topic.raised",
    "topic.endorsed",
    "topic.endorsed",
    "topic.qualified",
    "topic.accepted",
    "response.asked",
)


def fill(community: Community, scale: int) -> tuple[int, list[int]]:
    """Write the council and its topics. Returns the topic whose page is measured (the newest in deliberation) and
    the ids of all."""
    with transaction():
        council = Council(
            place_path=community.path, name="梧桐社区议事会", endorsements_needed=30, screening_days=5
        )
        db.session.add(council)
        db.session.flush()
        total = PER_SCALE * scale
        insert_many(Topic, (_topic(community, council.id, n) for n in range(total)))
        topics = list(db.session.scalars(sa.select(Topic.id).order_by(Topic.number)))
        insert_many(Endorsement, _endorsements(community, topics))
        insert_many(Entry, _histories(community, topics))
        counts = Counter(STOP[_state(n)] for n in range(total))
        for stop, count in counts.items():
            db.session.add(
                StopCount(council_id=council.id, stop=stop, place_path=community.path, topics=count)
            )
        shown = topics[max(n for n in range(total) if _state(n) is TopicState.DELIBERATING)]
        _dress(community, shown)
    return shown, topics


def _state(n: int) -> TopicState:
    return STATES[n % len(STATES)]


def _moved(n: int) -> datetime:
    """Serial numbers follow time: the last topic moved a minute ago."""
    return clock.now() - timedelta(days=400) + timedelta(minutes=7 * n)


def _topic(community: Community, council_id: int, n: int) -> dict[str, Any]:
    return {
        "council_id": council_id, "place_path": community.estate, "place_label": "宝枫新城", "number": f"2026-{n:06}",
        "state": _state(n), "category": list(Category)[n % 17], "title": f"{OPENINGS[n % 5]}，第{n}次提",
        "body": (OPENINGS[n % 5] + REST) * 2, "spot": "西门进来右手边",
        "author_id": community.residents[n % len(community.residents)], "author_party": Party.RESIDENT,
        "held_by": list(Party)[n % 5], "due_at": _moved(n) + timedelta(days=30), "households": ENDORSEMENTS,
        "once": f"measured-{n}", "created_at": _moved(n), "moved_at": _moved(n),
    }  # fmt: skip


def _endorsements(community: Community, topics: list[int]) -> Iterator[dict[str, Any]]:
    for n, topic in enumerate(topics):
        for step in range(ENDORSEMENTS):
            resident = community.residents[(n + step) % len(community.residents)]
            yield {"topic_id": topic, "user_id": resident, "household": f"user:{resident}", "at": _moved(n)}


def _histories(community: Community, topics: list[int]) -> Iterator[dict[str, Any]]:
    for n, topic in enumerate(topics):
        for name in HISTORY:
            yield entry(community, topic, name, _moved(n))


def entry(community: Community, topic: int, name: str, at: datetime) -> dict[str, Any]:
    """A row of the event log about a topic, complete for the sentence of `name`."""
    return {
        "at": at, "name": name, "actor_id": community.residents[topic % len(community.residents)], "party": "resident",
        "subject": f"topic:{topic}", "story": f"topic:{topic}", "place_path": community.estate,
        "visibility": EVENTS[name].visibility, "request_id": "",
        "payload": {"council_id": 1, "households": ENDORSEMENTS, "screening_id": 1, "response_id": 1,
                    "party": "property", "late": False},
    }  # fmt: skip


def _dress(community: Community, topic: int) -> None:
    """Give the measured topic two options, three answers and a long history."""
    manager, now = community.world.ids["manager"], clock.now()
    for position, title in enumerate(("整段换新", "只修坏的一段")):
        db.session.add(
            TopicOption(
                topic_id=topic,
                position=position,
                title=title,
                body="工期十五天，由物业负责，费用从公共收益里出。",
                cost=1_860_000 - position * 900_000,
            )
        )
    for number in range(3):
        db.session.add(
            Response(
                topic_id=topic,
                place_path=community.estate,
                state=ResponseState.GIVEN,
                party=Party.PROPERTY,
                question=f"第{number + 1}问：什么时候能修好，费用怎么出？",
                asked_by_id=community.world.ids["secretary"],
                asked_at=now - timedelta(days=20 - number),
                due_at=now - timedelta(days=10),
                body="已请三家单位报价，最低一家 18,600 元，工期十五天。" * 3,
                cost=1_860_000,
                days=15,
                given_by_id=manager,
                given_at=now - timedelta(days=12 - number),
            )
        )
    names = [("response.asked", "response.given")[n % 2] for n in range(SHOWN_EVENTS - 4)]
    insert_many(
        Entry,
        (entry(community, topic, name, now - timedelta(hours=40 - n)) for n, name in enumerate(names)),
    )
