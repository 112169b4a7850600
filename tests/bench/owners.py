"""An owners' vote of the whole estate, on its way from the draft to the posted result, as its conveners take it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask

from portal.assembly.actions.announcing import post_preliminary
from portal.assembly.actions.closing import close_vote
from portal.assembly.actions.counting import begin_count, name_scrutineer
from portal.assembly.actions.drafting import Question, add_matter, draft_vote
from portal.assembly.actions.opening import announce, open_vote
from portal.assembly.actions.planning import plan_count
from portal.assembly.actions.rolls import freeze_roll, post_roll
from portal.assembly.models.box import OwnerBallot
from portal.assembly.models.rolls import Speaker
from portal.assembly.models.votes import OwnersVote
from portal.assembly.terms import Terms
from portal.assembly.words import Channel, Convener, Counter, Medium
from portal.core import clock
from portal.core.db import db, transaction
from portal.places.models import Place
from tests.assembly.convening import without_owners
from tests.assembly.signing import on_paper

from .community import Community, insert_many
from .plan import Ballot
from .sessions import signed_in

WALLS = "各单元门口"
POSTED, ANNOUNCED = timedelta(days=40), timedelta(days=23)
"""Before the voting may begin: the roll hangs out for 15 days, so does the notice."""
QUESTIONS = (
    Question("用维修资金更换12号楼电梯", "replace_lift", 5, "更换原有电梯。", "三家报价。", cost=45_600_00),
    Question("把东门绿地改成充电棚", "replace_lift", 5, "改造公共部分。", "两种意见。"),
)


def draft(community: Community, opens_at: datetime, closes_at: datetime) -> OwnersVote:
    """A vote on two matters, ready for its roll."""
    world = community.world
    terms = Terms(
        title="更换电梯和东门绿地",
        scope_reason="电梯和绿地由全体业主共用。",
        convener=Convener.COMMITTEE,
        convener_name="宝枫新城业主委员会",
        jurisdiction="national",
        opens_at=opens_at,
        closes_at=closes_at,
    )
    with clock.frozen(opens_at - POSTED):
        vote = draft_vote(world.secretary, world.get(Place, "estate"), terms=terms, once="measured")
        for question in QUESTIONS:
            add_matter(world.secretary, vote, asked=question)
        without_owners(vote, world.secretary)
    return vote


def draw_roll(community: Community, vote: OwnersVote) -> int:
    """Draw the roll up and hang it out. Returns how many units are on it."""
    with clock.frozen(vote.opens_at - POSTED):
        post_roll(community.world.secretary, vote, where=WALLS)
    return vote.units


def let_vote(community: Community, vote: OwnersVote) -> None:
    """The roll stands, the notice hangs, the hour has come."""
    with clock.frozen(vote.opens_at - ANNOUNCED):
        freeze_roll(community.world.secretary, vote)
        announce(community.world.secretary, vote, where=WALLS)
    with clock.frozen(vote.opens_at):
        open_vote(community.world.secretary, vote)


def papers(app: Flask, vote: OwnersVote, voters: range) -> Iterator[Ballot]:
    """One paper a voter, each with a session of its own, as the page of the second look sends it."""
    speaks = sa.select(Speaker.user_id, Speaker.voter_id).where(Speaker.vote_id == vote.id)
    voter_of = {row.user_id: row.voter_id for row in db.session.execute(speaks)}
    for account in voters:
        cookie, token = signed_in(app, account)
        choices = [
            ("choice", ("for", "against", "abstain")[(account + n) % 3]) for n in range(len(QUESTIONS))
        ]
        body = [("csrf_token", token), *choices, ("once", f"{account:032}")]
        yield Ballot(f"/voters/{voter_of[account]}", cookie, urlencode(body))


def fill_box(vote: OwnersVote) -> None:
    """A ballot of every voter with an account, all written at once: the count sees only that they are there."""
    given = sa.select(Speaker.id, Speaker.voter_id).where(
        Speaker.vote_id == vote.id, Speaker.user_id.is_not(None)
    )
    speakers = db.session.execute(given.order_by(Speaker.id)).all()
    with transaction():
        insert_many(OwnerBallot, (_ballot(vote, n, row) for n, row in enumerate(speakers)))


def _ballot(vote: OwnersVote, n: int, speaker: Any) -> dict[str, Any]:
    choice = ("for", "for", "against", "abstain")[n % 4]
    return {
        "vote_id": vote.id, "voter_id": speaker.voter_id, "speaker_id": speaker.id, "medium": Medium.ONLINE,
        "choices": ",".join([choice] * len(QUESTIONS)), "channel": Channel.ONLINE, "at": vote.opens_at,
        "receipt": f"{n:09}", "once": f"{n:032}", "changes": 0, "proxy_id": 0, "entered_by_id": None,
    }  # fmt: skip


def ready_to_count(community: Community, vote: OwnersVote) -> None:
    """Closed, and the people are named who stand by."""
    with clock.frozen(vote.closes_at - timedelta(hours=1)):
        plan_count(community.world.secretary, vote, at=vote.closes_at, where="二楼会议室")
    with clock.frozen(vote.closes_at):
        secretary = community.world.secretary
        for role, name in ((Counter.TELLER, "甲"), (Counter.SCRUTINEER, "乙"), (Counter.SCRUTINEER, "丙")):
            name_scrutineer(secretary, vote, role=role, name=name)
        close_vote(secretary, vote)


def count(community: Community, vote: OwnersVote) -> None:
    begin_count(community.world.secretary, vote)


def show_result(community: Community, vote: OwnersVote) -> None:
    """Everybody signs, the result hangs out."""
    secretary = community.world.secretary
    on_paper(secretary, vote)
    post_preliminary(secretary, vote, where=WALLS)


def counted() -> int:
    """Ballots in the database."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(OwnerBallot)) or 0
