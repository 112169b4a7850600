"""What people say about their points: appeals, and whether they want to be on the board."""

import sqlalchemy as sa

from ...accounts.models import User
from ...core import clock, workdays
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.alike import known_as, looks
from ...core.db import db
from ...core.errors import Conflict, Invalid, NotAllowed
from ...core.eventlog import record
from ...core.text import _
from .. import posting
from ..events import AppealAnswered, Appealed, BoardJoined, BoardLeft
from ..models.ledger import Entry
from ..models.programme import Programme
from ..models.thanks import Appeal, BoardSeat
from ..policy import Can
from ..queries import handling, people
from ..queries.entries import around

ANSWER_DAYS = 10
"""Working days in which staff answer."""


@action(Can.APPEAL)
def appeal(actor: Actor, entry: Entry, *, text: str) -> Appeal:
    """Say that an entry is wrong. Raises Invalid without words, Conflict if it was said before or too many of one's
    own wait for an answer."""
    if not text.strip():
        raise Invalid(_("请写哪里不对。"), "text")
    assert actor.id is not None
    posting.hold_still(
        posting.wallet(entry.place_path, actor.id)
    )  # of two at once the second counts the first
    stands = around(entry)
    if stands.appeal:
        raise Conflict(_("这一笔已经提过异议了。"))
    if why := stands.too_many:
        raise Conflict(why)
    made = Appeal(
        place_path=entry.place_path,
        entry_id=entry.id,
        user_id=actor.id,
        text=text.strip()[:600],
        asked_at=actor.now,
        answer_by=clock.at(workdays.after(actor.today, ANSWER_DAYS), 17),
    )
    store(made)
    record(actor, made, Appealed(entry.id))
    return made


@action(Can.ANSWER_APPEAL)
def answer_appeal(actor: Actor, appeal: Appeal, *, upheld: bool, answer: str) -> None:
    """Answer with a reason; what is to be put right is then reversed by an entry of its own."""
    entry = db.session.get_one(Entry, appeal.entry_id)
    if handling.touched(actor.id or 0, [entry]):
        raise NotAllowed(_("这一笔是您经手的，或者是您家人的，请别人来答复。"))
    if not answer.strip():
        raise Invalid(_("请写答复的理由。"), "answer")
    appeal.upheld, appeal.answer = upheld, answer.strip()[:600]
    appeal.answered_by_id, appeal.answered_at = actor.id, actor.now
    record(actor, appeal, AppealAnswered(appeal.entry_id, upheld))


@action(Can.JOIN_BOARD)
def join_board(actor: Actor, programme: Programme, *, nickname: str) -> None:
    """Be on the board under a nickname, or change it. Raises Invalid for one that is missing, long, or reads like that
    of somebody else on it or like the name of somebody with a post. Who is gone keeps no nickname."""
    name = " ".join(nickname.split())
    if not 2 <= len(name) <= 20:
        raise Invalid(_("昵称写 2 到 20 个字。"), "nickname")
    if len(known_as(name)) < 2:
        raise Invalid(_("昵称里至少要有两个字。"), "nickname")
    others = BoardSeat.programme_id == programme.id, BoardSeat.user_id != actor.id
    staying = sa.select(User.id).where(*people.living_here(programme.place_path, actor.today))
    for left in db.session.scalars(sa.select(BoardSeat).where(*others, BoardSeat.user_id.not_in(staying))):
        db.session.delete(left)
    db.session.flush()
    taken = [*db.session.scalars(sa.select(BoardSeat.nickname).where(*others))]
    posted = people.names_on_duty(programme.place_path, but=actor.id)
    if looks(name) in map(looks, (*taken, *posted)):
        raise Invalid(_("这个昵称有人用了，或者看起来和别人的一样，请换一个。"), "nickname")
    seat = db.session.get(BoardSeat, (programme.id, actor.id))
    if seat is None:
        store(BoardSeat(programme_id=programme.id, user_id=actor.id, nickname=name, joined_at=actor.now))
        record(actor, programme, BoardJoined())
    else:
        seat.nickname = name


@action(Can.LEAVE_BOARD)
def leave_board(actor: Actor, programme: Programme) -> None:
    """Be on it no more. Does nothing for somebody who is not."""
    seat = db.session.get(BoardSeat, (programme.id, actor.id))
    if seat is not None:
        db.session.delete(seat)
        record(actor, programme, BoardLeft())
