"""Breaking a tie: a lot is announced and then drawn, or the tied options are put to the vote once more."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from ...core import clock
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid, Unmet
from ...core.eventlog import record
from ...core.text import N_, _
from ...councils.models import Topic
from .. import box, draw, terms
from ..draw import Flaw
from ..events import LotAnnounced, LotDrawn, RunOffCalled
from ..models import Poll, PollOption
from ..policy import Can
from ..terms import Line, Terms
from ..tie_models import TieBreak
from ..tie_words import TieWay
from ..words import Outcome
from .closing import certify_poll
from .opening import draft_poll

RUN_OFF_DAYS, EVENING = 7, 20
_FLAWS: dict[Flaw, tuple[str, str]] = {
    Flaw.NO_SOURCE: ("source", N_("请写清楚用哪个号码、到哪里查。")),
    Flaw.TOO_SOON: ("draws_at", N_("要用一个还没出来的号码，谁也不能提前知道。请给一个还没到的时间。")),
    Flaw.TOO_LATE: ("draws_at", N_("请在三十天以内抽签。")),
    Flaw.TWO_WITNESSES: ("second_witness", N_("请写两位不同的见证人，不能是经办人自己。")),
}


@action(Can.BREAK_TIE)
def announce_lot(
    actor: Actor, poll: Poll, *, source: str, draws_at: datetime, first_witness: str, second_witness: str
) -> None:
    """State which public number will decide, from when on it is known, and who will be there. It cannot be changed.

    Raises Invalid with the field, Conflict if nothing is tied or a lot was announced before.
    """
    _tied(poll)
    if db.session.get(TieBreak, poll.id) is not None:
        raise Conflict(Unmet(_("抽签的办法已经公布，不能再改。"), f"/polls/{poll.id}/tie"))
    found = draw.flaw(actor.now, source, draws_at, (first_witness, second_witness), actor.name)
    if found:
        field, sentence = _FLAWS[found]
        raise Invalid(_(sentence), field)
    assert actor.id is not None
    store(
        TieBreak(
            poll_id=poll.id,
            place_path=poll.place_path,
            way=TieWay.LOT,
            source=source,
            draws_at=draws_at,
            first_witness=first_witness,
            second_witness=second_witness,
            announced_by_id=actor.id,
            announced_at=actor.now,
        )
    )
    record(actor, poll, LotAnnounced(poll.id))


@action(Can.BREAK_TIE)
def draw_lot(actor: Actor, poll: Poll, *, seed: str) -> None:
    """Draw the lot with the number that came. Raises Conflict before its hour, a second time, or unannounced."""
    tied = _tied(poll)
    lot = db.session.get(TieBreak, poll.id, populate_existing=True)
    if lot is None or lot.draws_at is None:
        raise Conflict(Unmet(_("请先公布用哪个号码抽签。"), f"/polls/{poll.id}/tie"))
    if lot.drawn is not None:
        raise Conflict(_("签已经抽过，只抽一次。"))
    if clock.now() < lot.draws_at:
        raise Conflict(_("号码还没出来，到公布的时间才能抽。"))
    if not seed:
        raise Invalid(_("请照原样填出来的号码。"), "seed")
    lot.seed, lot.drawn_by_id, lot.drawn_at = seed, actor.id, actor.now
    lot.drawn = draw.drawn(seed, tied)
    lot.chosen = draw.chosen(box.case(poll), poll.tally or {}, lot.drawn)
    record(actor, poll, LotDrawn(poll.id))


@action(Can.BREAK_TIE)
def call_run_off(actor: Actor, poll: Poll) -> Poll:
    """Certify that the poll ends in a tie, put the topic back on the table, and draft a poll of the tied options.

    Raises Conflict if nothing is tied or the lot was drawn, NotAllowed if the topic is elsewhere.
    """
    tied = _tied(poll)
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
