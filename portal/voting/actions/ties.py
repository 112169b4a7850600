"""Breaking a tie: a lot is announced and then drawn, or the tied options are put to the vote once more."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from ...core import clock
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Unmet
from ...core.eventlog import record
from ...core.text import _
from ...councils.models import Topic
from .. import box, draw, terms
from ..events import LotAnnounced, LotDrawn, RunOffCalled
from ..models import Poll, PollOption
from ..policy import Can
from ..terms import Line, Terms
from ..tie_models import TieBreak
from ..tie_words import TieWay
from ..words import Outcome
from . import lots
from .closing import certify_poll
from .opening import draft_poll

RUN_OFF_DAYS, EVENING = 7, 20


@action(Can.BREAK_TIE)
def announce_lot(
    actor: Actor,
    poll: Poll,
    *,
    source: str,
    digits: int,
    draws_at: datetime,
    first_witness: str,
    second_witness: str,
) -> None:
    """State which public number will decide, how many digits it has, from when on it is known, and who will be there.
    It cannot be changed.

    Raises Invalid with the field, Conflict if nothing is tied or a lot was announced before.
    """
    _tied(poll)
    if db.session.get(TieBreak, poll.id) is not None:
        raise Conflict(Unmet(_("抽签的办法已经公布，不能再改。"), f"/polls/{poll.id}/tie"))
    told = lots.announcement(actor, source, digits, draws_at, first_witness, second_witness)
    store(TieBreak(poll_id=poll.id, place_path=poll.place_path, way=TieWay.LOT, **told))
    record(actor, poll, LotAnnounced(poll.id))


@action(Can.BREAK_TIE)
def draw_lot(actor: Actor, poll: Poll, *, seed: str) -> None:
    """Draw the lot with the number that came. Raises Conflict before its hour, a second time, or unannounced."""
    tied = _tied(poll)
    lot = db.session.get(TieBreak, poll.id, populate_existing=True)
    if lot is None or lot.draws_at is None:
        raise Conflict(Unmet(_("请先公布用哪个号码抽签。"), f"/polls/{poll.id}/tie"))
    lots.draw_with(actor, lot, seed, tied)
    lot.chosen = draw.chosen(box.case(poll), poll.tally or {}, lot.drawn or [])
    record(actor, poll, LotDrawn(poll.id))


@action(Can.BREAK_TIE)
def call_run_off(actor: Actor, poll: Poll) -> Poll:
    """Certify that the poll ends in a tie, put the topic back on the table, and draft a poll of the tied options.

    Raises Conflict if nothing is tied or the lot was drawn, NotAllowed if the topic is elsewhere.
    """
    tied = _tied(poll)
    if poll.topic_id is None:
        raise Conflict(_("这次投票的并列照公告说的办法处理，不再投一轮。"))
    lot = db.session.get(TieBreak, poll.id, populate_existing=True)
    if lot is not None and lot.drawn is not None:
        raise Conflict(_("签已经抽过，按抽签的结果核定。"))
    options, rest = _left(poll, tied)
    certify_poll(actor, poll, outcome=Outcome.RETURNED, reason=_("票数相同，并列的几项再投一轮。"))
    evening = clock.at(actor.today + timedelta(days=RUN_OFF_DAYS), EVENING)
    again = draft_poll(
        actor,
        lock(db.session.get_one(Topic, poll.topic_id)),
        question=poll.question,
        options=options,
        closes_at=evening,
        once=f"run-off-{poll.id}",
        method=poll.method,
        terms=rest,
        secrecy=poll.secrecy,
        roll_kind=poll.roll_kind,
    )
    _note(actor, poll, lot, again)
    record(actor, poll, RunOffCalled(poll.id, again.id))
    return again


def _tied(poll: Poll) -> list[str]:
    tied: list[str] = (poll.tally or {}).get("tied", [])
    if not tied:
        raise Conflict(_("这次表态没有并列，不用抽签，也不用再投。"))
    if poll.ties_stand:
        raise Conflict(_("公告说了，票数相同的都算，不用抽签。"))
    return tied


def _left(poll: Poll, tied: list[str]) -> tuple[list[Line], Terms]:
    """The tied options, and the seats or the money that are left for them."""
    tally, stated = poll.tally or {}, terms.terms_of(poll)
    every = _lines(poll)
    lines = [line for line in every if line.title in tied]
    if poll.budget is not None:
        spent = sum(line.cost or 0 for line in every if line.title in tally["winners"])
        return lines, stated._replace(budget=poll.budget - spent)
    seats = None if stated.seats is None else max(1, stated.seats - len(tally["winners"]))
    most = None if stated.max_choices is None else min(stated.max_choices, len(lines))
    fewest = None if stated.min_choices is None else min(stated.min_choices, len(lines))
    return lines, stated._replace(seats=seats, max_choices=most, min_choices=fewest)


def _lines(poll: Poll) -> list[Line]:
    found = sa.select(PollOption.title, PollOption.cost, PollOption.note).where(PollOption.poll_id == poll.id)
    return [Line(*row) for row in db.session.execute(found.order_by(PollOption.position))]


def _note(actor: Actor, poll: Poll, lot: TieBreak | None, again: Poll) -> None:
    """What was announced before, if anything, stays to be read."""
    if lot is None:
        assert actor.id is not None
        lot = TieBreak(
            poll_id=poll.id, place_path=poll.place_path, announced_by_id=actor.id, announced_at=actor.now
        )
    lot.way, lot.run_off_id = TieWay.RUN_OFF, again.id
    store(lot)
