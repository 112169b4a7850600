"""Entering a decision into the register, and mending its words before it is posted."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid, Unmet
from ...core.eventlog import record
from ...core.text import _
from ...councils.actions.line import settle
from ...councils.models import Council, Topic
from ...councils.words import TopicState
from ...places.models import Place
from ...voting.models import Poll
from ...voting.words import PollState
from .. import rules
from ..events import DecisionAmended, DecisionRecorded
from ..models import Decision
from ..policy import Can
from ..words import Basis, DecisionState


@action(Can.RECORD)
def record_decision(
    actor: Actor,
    about: Topic | Council,
    *,
    title: str,
    body: str,
    basis: Basis,
    basis_note: str,
    effect_from: datetime,
    once: str,
) -> Decision:
    """Enter a decision about a topic, or one the council took by itself; it is a draft until it is posted.

    A topic still at the table is settled by it. The same `once` again returns the decision it made before. Raises
    Invalid for a basis that does not hold, Conflict for a topic that is not ready or has its decision already.
    """
    if known := made(Decision, once, recorded_by_id=actor.id):
        return known
    topic = about if isinstance(about, Topic) else None
    poll = _certified_poll(topic) if topic and basis is Basis.POLL else None
    _check_basis(basis, basis_note, poll)
    _check_effect(actor, effect_from)
    if topic:
        _settled(actor, topic)
    community = _community(about.place_path)
    year = actor.today.year
    serial = _next_serial(community, year)
    assert actor.id is not None
    decision = Decision(
        council_id=topic.council_id if topic else about.id,
        topic_id=topic.id if topic else None,
        poll_id=poll,
        place_path=about.place_path,
        place_label=topic.place_label if topic else _label(about.place_path),
        community_path=community.place_path,
        year=year,
        serial=serial,
        number=rules.number(year, serial),
        title=title,
        body=body,
        basis=basis,
        basis_note=basis_note,
        effect_from=effect_from,
        recorded_by_id=actor.id,
        recorded_at=actor.now,
        once=once,
        moved_at=actor.now,
    )
    store(decision)
    record(actor, decision, DecisionRecorded(decision.id, basis))
    return decision


@action(Can.AMEND)
def amend_decision(
    actor: Actor, decision: Decision, *, title: str, body: str, basis_note: str, effect_from: datetime
) -> None:
    """Change the words of a decision that nobody has seen posted yet. Its basis and number stay."""
    _check_basis(decision.basis, basis_note, decision.poll_id)
    _check_effect(actor, effect_from)
    decision.title, decision.body = title, body
    decision.basis_note, decision.effect_from = basis_note, effect_from
    record(actor, decision, DecisionAmended(decision.id))


def _settled(actor: Actor, topic: Topic) -> None:
    """Bring a topic to the point where it has a decision. Raises Conflict where that cannot be."""
    in_force = db.session.execute(
        sa.select(Decision.id, Decision.number)
        .where(Decision.topic_id == topic.id, Decision.state != DecisionState.REVOKED)
        .limit(1)
    ).first()
    if in_force:
        sentence = _("这个议题已经有决定了：%(number)s。", number=in_force.number)
        raise Conflict(Unmet(sentence, f"/decisions/{in_force.id}"))
    if topic.state is TopicState.DECIDED:
        return
    if topic.state is TopicState.VOTING and _certified_poll(topic) is None:
        raise Conflict(Unmet(_("表决还没有核定结果，核定以后才能记下决定。"), f"/topics/{topic.id}"))
    settle(actor, topic)


def _certified_poll(topic: Topic) -> int | None:
    """The topic's latest poll whose result was certified."""
    found = sa.select(Poll.id).where(Poll.topic_id == topic.id, Poll.state == PollState.CERTIFIED)
    return db.session.scalar(found.order_by(Poll.id.desc()).limit(1))


def _check_basis(basis: Basis, note: str, poll_id: int | None) -> None:
    if basis is Basis.POLL and poll_id is None:
        raise Invalid(_("这个议题没有核定过的表态，请选别的依据。"), "basis")
    if basis is not Basis.POLL and not note:
        raise Invalid(_("请写明是怎么定下来的：哪天、谁到会、什么结果。"), "basis_note")


def _check_effect(actor: Actor, effect_from: datetime) -> None:
    if effect_from <= actor.now:
        raise Invalid(_("生效时间已经过了，请写一个还没到的时间。"), "effect_from")
    if effect_from > actor.now + timedelta(days=rules.LATEST_EFFECT):
        raise Invalid(_("生效时间太远了，请检查年份。"), "effect_from")


def _community(path: str) -> Place:
    """The community of a place, held: while it is, nobody else takes a number of its register."""
    top = "/" + path.strip("/").partition("/")[0] + "/"
    return lock(db.session.scalars(sa.select(Place).where(Place.place_path == top)).one())


def _next_serial(community: Place, year: int) -> int:
    latest = sa.select(sa.func.max(Decision.serial)).where(
        Decision.community_path == community.place_path, Decision.year == year
    )
    return (db.session.scalar(latest) or 0) + 1


def _label(path: str) -> str:
    return db.session.scalar(sa.select(Place.label).where(Place.place_path == path)) or ""
