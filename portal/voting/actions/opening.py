"""Preparing a poll and opening it: from then on question, options, roll and hour stand."""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_hex
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.digests import digest
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from ...councils.actions.line import put_to_vote
from ...councils.models import Council, Topic
from ...councils.numbering import next_number
from ...councils.rules import draft_number
from .. import roll, rules
from ..events import PollAmended, PollDrafted, PollOpened
from ..lifecycle import POLL
from ..models import Poll, PollOption, Turnout
from ..occasions import Occasion
from ..papers import MOST_NAMES
from ..policy import Can
from ..terms import USUAL, Line, Terms, budget, lines, params
from ..words import Method, RollKind, Secrecy


@action(Can.DRAFT)
def draft_poll(
    actor: Actor,
    topic: Topic,
    *,
    question: str,
    options: Sequence[str | Line],
    closes_at: datetime,
    once: str,
    method: Method = Method.PLURALITY,
    terms: Terms = USUAL,
    secrecy: Secrecy = Secrecy.NAMED,
    roll_kind: RollKind = RollKind.MEMBERS,
) -> Poll:
    """Prepare a poll on a topic under deliberation. Nobody else sees it before it is opened.

    Options: titles, with cost and note where there are any. The same `once` again returns the poll it made before.
    Raises Invalid with the field for options, terms or an hour that will not do.
    """
    if known := made(Poll, once, drafted_by_id=actor.id):
        return known
    council = db.session.get_one(Council, topic.council_id)
    said = _Said(question, options, closes_at, method, terms, secrecy, roll_kind)
    return _drafted(actor, council, said, once, topic_id=topic.id, place_path=topic.place_path)


@action(Can.HOLD)
def draft_poll_for(
    actor: Actor,
    council: Council,
    *,
    occasion: Occasion,
    question: str,
    options: Sequence[str | Line],
    closes_at: datetime,
    once: str,
    method: Method = Method.APPROVAL,
    terms: Terms = USUAL,
    secrecy: Secrecy = Secrecy.SECRET,
    roll_kind: RollKind = RollKind.MEMBERS,
    ties_stand: bool = False,
) -> Poll:
    """Prepare a poll that the council holds for an occasion of an upper feature; no topic moves by it.

    `ties_stand`: all who are level at the last place are taken. Whoever stands on the paper himself neither certifies
    it nor breaks its tie nor declares it void. Otherwise like `draft_poll`.
    """
    if known := made(Poll, once, drafted_by_id=actor.id):
        return known
    said = _Said(question, options, closes_at, method, terms, secrecy, roll_kind, MOST_NAMES)
    own = {"occasion": occasion.story, "occasion_title": occasion.title, "place_path": occasion.place_path}
    return _drafted(actor, council, said, once, **own, ties_stand=ties_stand)


class _Said(NamedTuple):
    """What is asked, and of whom."""

    question: str
    options: Sequence[str | Line]
    closes_at: datetime
    method: Method
    terms: Terms
    secrecy: Secrecy
    roll_kind: RollKind
    most: int | None = None
    """Options, where it is not the usual number of the method."""


def _drafted(actor: Actor, council: Council, said: _Said, once: str, **own: Any) -> Poll:
    printed, paper = _paper(said.method, said.options, said.terms, said.most)
    assert actor.id is not None
    poll = Poll(
        council_id=council.id,
        number=draft_number(token_hex(4)),
        question=_question(said.question),
        secrecy=said.secrecy,
        roll_kind=said.roll_kind,
        closes_at=_hour(actor, said.closes_at),
        drafted_by_id=actor.id,
        once=once,
        created_at=actor.now,
        moved_at=actor.now,
        of_people=any(line.user_id for line in printed),
        honours=bool(own.get("occasion")),
        **own,
        **paper,
    )
    store(poll)
    poll.number = draft_number(poll.id)
    _print_options(poll, printed)
    record(actor, poll, PollDrafted(poll.id))
    return poll


@action(Can.AMEND)
def amend_poll(
    actor: Actor,
    poll: Poll,
    *,
    question: str,
    options: Sequence[str | Line],
    closes_at: datetime,
    method: Method,
    secrecy: Secrecy,
    roll_kind: RollKind,
    terms: Terms = USUAL,
) -> None:
    """Change anything of a poll that is not open yet. Raises Invalid like `draft_poll`."""
    poll.question, poll.closes_at = _question(question), _hour(actor, closes_at)
    poll.secrecy, poll.roll_kind = secrecy, roll_kind
    printed, paper = _paper(method, options, terms)
    for name, value in paper.items():
        setattr(poll, name, value)
    db.session.execute(sa.delete(PollOption).where(PollOption.poll_id == poll.id))
    _print_options(poll, printed)
    record(actor, poll, PollAmended(poll.id))


@action(Can.OPEN)
def open_poll(actor: Actor, poll: Poll) -> None:
    """Freeze the roll and let the votes come in, under its number; the topic goes to its stop 表决.

    Raises Conflict if the hour has passed, nobody would be on the roll, or the topic is elsewhere.
    """
    topic = lock(db.session.get_one(Topic, poll.topic_id)) if poll.topic_id is not None else None
    poll.voters = roll.freeze(poll, actor.today)
    if poll.method is Method.RESOLUTION:
        poll.params = {**poll.params, "eligible": poll.voters}
    poll.roll_hash = digest(roll.text(poll.id, roll.lines(poll.id)))
    poll.opened_at = actor.now
    council = lock(db.session.get_one(Council, poll.council_id))
    poll.number = next_number(Poll, council, actor.today.year)
    store(Turnout(poll_id=poll.id, cast=0))
    POLL.move(actor, poll, PollOpened(poll.id, poll.voters))
    if topic is not None:
        put_to_vote(actor, topic, closes_at=poll.closes_at)


def _question(text: str) -> str:
    if not text.strip():
        raise Invalid(_("请写清楚要大家定什么。"), "question")
    return text.strip()


def _hour(actor: Actor, closes_at: datetime) -> datetime:
    if not rules.in_time(actor.now, closes_at):
        raise Invalid(_("请给一个还没到的时间。"), "closes_at")
    if closes_at - actor.now > rules.LONGEST:
        raise Invalid(_("投票最多开放 %(days)d 天。", days=rules.LONGEST.days), "closes_at")
    return closes_at


def _paper(
    method: Method, options: Sequence[str | Line], terms: Terms, most: int | None = None
) -> tuple[list[Line], dict[str, Any]]:
    """What is printed on the ballot, checked: its options, and the columns of the poll."""
    to_spend = budget(method, terms)
    printed = lines(method, options, to_spend, most)
    columns = {
        "method": method,
        "options_count": len(printed),
        "params": params(method, terms, len(printed)),
        "budget": to_spend,
    }
    return printed, columns


def _print_options(poll: Poll, printed: Sequence[Line]) -> None:
    store(*(PollOption(poll_id=poll.id, position=n, **line._asdict()) for n, line in enumerate(printed)))
