"""Polls of the council in every state, before and after their hour, and the topics that one may be put on."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db, transaction, write
from portal.councils.actions.raising import raise_topic
from portal.councils.actions.screening import accept_topic, take_up
from portal.councils.actions.table import found_council
from portal.councils.models import Council, Topic
from portal.councils.words import Category, TopicState
from portal.places.models import Place
from portal.voting import events as e
from portal.voting.actions import casting, closing, opening, planning, ties
from portal.voting.occasions import Occasion
from portal.voting.tie_models import TieBreak
from portal.voting.tie_words import TieWay
from portal.voting.words import Method, Outcome, PollState, RollKind, Secrecy
from tests.moves.of_votes import same
from tests.moves.trying import Attempt, Case, Family, Stage
from tests.voting.conftest import AFTER, CLOSES
from tests.world import NOW, World

S = PollState
ASKED: dict[str, Any] = {"question": "怎么修？", "options": ("换木板", "加固基座"), "closes_at": CLOSES}
VOTED = ("chair", "co_owner")
"""One for each option, so that they are level. Owner and tenant are on the roll too and have not voted."""
AGAIN = NOW + timedelta(days=9)
OPENS = CLOSES - timedelta(hours=1)


def topic_of(world: World) -> Topic:
    council = found_council(world.administrator, world.get(Place, "community"), name="梧桐社区议事会")
    topic = raise_topic(
        world.owner,
        council,
        place=world.get(Place, "building"),
        title="木栈道松动",
        body="木板松了三处。",
        category=Category.REPAIR,
        once="topic",
    )
    take_up(world.secretary, topic)
    accept_topic(world.secretary, topic, reason="列入协商。")
    return topic


def _to(world: World, secrecy: Secrecy, state: PollState, choices: tuple[int, int]) -> Stage:
    """A poll taken as far as this state by those who may."""
    poll = opening.draft_poll(world.secretary, topic_of(world), **ASKED, once="poll", secrecy=secrecy)
    stage = Stage(world, Case(state), [poll], {"receipt": ""})
    if state is S.PUT_AWAY:
        closing.annul_poll(world.secretary, poll, reason="不表态了")
    if state in (S.DRAFT, S.PUT_AWAY):
        return stage
    opening.open_poll(world.secretary, poll)
    for name, choice in zip(VOTED, choices, strict=True):
        code = casting.cast_ballot(world.actor(name), poll, choices=(choice,), once=f"paper-{name}")
        stage.made["receipt"] = code
    if state is S.ANNULLED:
        closing.annul_poll(world.secretary, poll, reason="问法有歧义")
    if state in (S.CLOSED, S.CERTIFIED):
        with clock.frozen(AFTER):
            closing.close_poll(world.secretary, poll)
            if state is S.CERTIFIED:
                closing.certify_poll(world.secretary, poll, outcome=Outcome.RETURNED, reason="再谈")
    return stage


def build(secrecy: Secrecy, choices: tuple[int, int] = (0, 1)) -> Any:
    def make(world: World, case: Case) -> Stage:
        stage = _to(world, secrecy, S(case.state), choices)
        stage.case = case
        return stage

    return make


def on_topic(world: World, case: Case) -> Stage:
    topic = topic_of(world)
    write(sa.update(Topic.metadata.tables["topic"]).where(Topic.id == topic.id).values(state=case.state))
    db.session.refresh(topic)
    return Stage(world, case, [topic])


def poll(stage: Stage) -> Any:
    return stage.main


def council_of(stage: Stage) -> Any:
    return db.session.get_one(Council, stage.main.council_id)


def held_for(poll: Any) -> dict[str, Any]:
    return {**ASKED, "once": "o", "occasion": Occasion("award:1", "评选", poll.place_path)}


def planned(stage: Stage) -> None:
    """It begins at an hour."""
    with transaction():
        stage.main.opens_at = OPENS


def announced(stage: Stage) -> None:
    """A lot whose hour has come."""
    with transaction():
        db.session.add(
            TieBreak(
                poll_id=stage.main.id,
                place_path=stage.main.place_path,
                way=TieWay.LOT,
                source="双色球红球",
                digits=4,
                draws_at=NOW,
                first_witness="张桂兰",
                second_witness="刘大明",
                announced_by_id=stage.world.ids["secretary"],
                announced_at=NOW,
            )
        )


CHANGED: dict[str, Any] = {
    **ASKED,
    "closes_at": AGAIN,
    "method": Method.PLURALITY,
    "secrecy": Secrecy.NAMED,
    "roll_kind": RollKind.MEMBERS,
}
LOT = {
    "source": "双色球红球",
    "digits": 4,
    "draws_at": AGAIN,
    "first_witness": "张桂兰",
    "second_witness": "刘大明",
}
EVERY = [Case(state, late=late) for state in S for late in (False, True)]
CAST = Attempt(casting.cast_ballot, poll, same(choices=(0,), once="c"), timed=True)
CHANGE = Attempt(casting.change_ballot, poll, same(choices=(0,), once="c", seen=0), timed=True)

POLLS = Family(
    "poll",
    AFTER,
    EVERY,
    build(Secrecy.NAMED),
    [
        Attempt(opening.amend_poll, poll, same(**CHANGED)),
        Attempt(opening.open_poll, poll, timed=True, event=e.PollOpened),
        Attempt(planning.plan_poll, poll, same(opens_at=OPENS), timed=True),
        Attempt(planning.drop_plan, poll, ready=planned),
        CAST,
        CHANGE,
        Attempt(closing.close_poll, poll, timed=True, event=e.PollClosed),
        Attempt(
            closing.certify_poll, poll, same(outcome=Outcome.RETURNED, reason="再谈"), variant="returned"
        ),
        Attempt(closing.certify_poll, poll, same(outcome=Outcome.SETTLED), variant="settled though tied"),
        Attempt(
            closing.annul_poll, poll, same(reason="问法有歧义"), event=e.PollAnnulled, also=e.PollPutAway
        ),
        Attempt(ties.announce_lot, poll, same(**LOT)),
        Attempt(ties.draw_lot, poll, same(seed="02 07"), variant="unannounced"),
        Attempt(ties.draw_lot, poll, same(seed="02 07"), announced, variant="announced"),
        Attempt(ties.call_run_off, poll),
    ],
)
SECRET = Family(
    "secret poll",
    AFTER,
    EVERY,
    build(Secrecy.SECRET),
    [
        CAST,
        CHANGE._replace(variant="without the receipt"),
        Attempt(
            casting.change_ballot,
            poll,
            lambda s: {"choices": (0,), "once": "c", "receipt": s.made["receipt"]},
            variant="with the receipt",
            timed=True,
        ),
    ],
)
SETTLED = Family(
    "poll that is not tied",
    AFTER,
    [Case(S.CLOSED)],
    build(Secrecy.NAMED, (0, 0)),
    [
        Attempt(closing.certify_poll, poll, same(outcome=Outcome.SETTLED), event=e.PollCertified),
        Attempt(opening.draft_poll_for, council_of, lambda s: held_for(s.main)),
        Attempt(ties.announce_lot, poll, same(**LOT)),
        Attempt(ties.call_run_off, poll),
    ],
)
TOPICS = Family(
    "topic",
    AFTER,
    [Case(state) for state in TopicState],
    on_topic,
    [Attempt(opening.draft_poll, poll, same(**ASKED, once="d"))],
)
