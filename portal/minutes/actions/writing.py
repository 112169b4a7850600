"""Writing minutes: a section at a time, what came of an item, what is added afterwards."""

from collections.abc import Sequence

import sqlalchemy as sa

from ...core import clock
from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid, NotVisible, Unmet
from ...core.eventlog import record
from ...core.text import _
from ...meetings.models import AgendaItem
from ...meetings.naming import names_within
from ...meetings.room import Motion
from ...meetings.words import MotionState
from .. import masking, rules
from ..document import written
from ..events import AddendumAdded, LinesCorrected, SectionWritten
from ..models import Addendum, ItemOutcome, Minutes, MinutesLine, MinutesSection
from ..policy import Can
from ..sealing import chained
from ..words import BY_HAND, OUTCOME_WORD, Heading, MinutesState, Outcome
from .drafting import in_chinese

DECIDED = (Outcome.CONSENSUS, Outcome.RESOLVED)
"""Outcomes by which a meeting itself settles a topic."""


@action(Can.WRITE)
def write_section(actor: Actor, minutes: Minutes, *, section_id: int, version: int, text: str) -> None:
    """Write a section anew, a paragraph a line. Lines that stay as they were keep what was said of them; others are to
    be read again. Raises Conflict if somebody wrote it since `version`, Invalid for too much of it."""
    section = db.session.get(MinutesSection, section_id)
    if section is None or section.minutes_id != minutes.id:
        raise NotVisible()
    if section.heading not in BY_HAND:
        raise Conflict(_("这一段是按会上的记录生成的，不能手改；有出入请写在“其他”里。"))
    held(section, version)
    lines = rules.paragraphs(text)
    if len(lines) > rules.MOST_LINES:
        raise Invalid(_("一段最多 %(most)d 行，请并一并。", most=rules.MOST_LINES), "text")
    if any(len(line) > rules.LONGEST_LINE for line in lines):
        raise Invalid(_("一行最多 %(most)d 个字，请分成几行。", most=rules.LONGEST_LINE), "text")
    reline(actor, minutes, section, lines)


@action(Can.WRITE)
def state_outcome(
    actor: Actor,
    minutes: Minutes,
    *,
    item_id: int,
    version: int,
    kind: Outcome,
    said: str,
    passed_to: str = "",
) -> None:
    """Say what came of an item, with the sentence people read. Raises Invalid for a resolution without a motion that
    carried, for another body without its name, and for a topic of which nothing was to be settled; Conflict as
    `write_section` does."""
    item = db.session.get(AgendaItem, item_id)
    if item is None or item.meeting_id != minutes.meeting_id:
        raise NotVisible()
    _fits(item, kind, passed_to)
    _agrees(item, kind, said)
    section = section_of(minutes, item.id, Heading.OUTCOME)
    held(section, version)
    assert actor.id is not None
    outcome = db.session.scalar(sa.select(ItemOutcome).where(ItemOutcome.item_id == item.id))
    if outcome is None:
        outcome = ItemOutcome(
            minutes_id=minutes.id, item_id=item.id, topic_id=item.topic_id, place_path=minutes.place_path
        )
    outcome.kind, outcome.said, outcome.passed_to = kind, said, passed_to if kind is Outcome.PASSED_ON else ""
    outcome.by_id, outcome.at = actor.id, actor.now
    store(outcome)
    with in_chinese():
        word = _(OUTCOME_WORD[kind])
        to = _("%(outcome)s（%(body)s）", outcome=word, body=outcome.passed_to) if outcome.passed_to else word
        line = _("%(outcome)s：%(said)s", outcome=to, said=said)
    reline(actor, minutes, section, [line])


@action(Can.ADD)
def add_addendum(actor: Actor, minutes: Minutes, *, text: str, once: str) -> Addendum:
    """Add to sealed minutes what was forgotten or wrong. The same `once` again returns the first."""
    if known := made(Addendum, once, by_id=actor.id):
        return known
    last = sa.select(Addendum).where(Addendum.minutes_id == minutes.id).order_by(Addendum.position.desc())
    before = db.session.scalar(last.limit(1))
    position = before.position + 1 if before else 1
    at = clock.local(actor.now).isoformat(timespec="seconds")
    assert actor.id is not None
    addendum = Addendum(
        minutes_id=minutes.id,
        position=position,
        text=text,
        public_text=for_everybody(minutes, text),
        digest=chained(before.digest if before else minutes.digest, position, text, at),
        by_id=actor.id,
        at=actor.now,
        once=once,
    )
    store(addendum)
    record(actor, minutes, AddendumAdded(addendum.id))
    return addendum


def for_everybody(minutes: Minutes, text: str) -> str:
    """What was typed after the seal, with names half hidden as in the public minutes."""
    names = [*masking.names_in(written(minutes.id)), *names_within(minutes.community_path, [text])]
    return masking.hidden(text, names)


def held(section: MinutesSection, version: int) -> None:
    """Raises Conflict if the section was written since."""
    if section.version != version:
        sentence = _("您打开以后，别人改过这一段。您写的还在下面，请和现在的对一对，再保存。")
        raise Conflict(Unmet(sentence, f"/minutes/{section.minutes_id}"))


def section_of(minutes: Minutes, item_id: int, heading: Heading) -> MinutesSection:
    found = sa.select(MinutesSection).where(
        MinutesSection.minutes_id == minutes.id,
        MinutesSection.item_id == item_id,
        MinutesSection.heading == heading,
    )
    return db.session.scalars(found).one()


def reline(actor: Actor, minutes: Minutes, section: MinutesSection, texts: Sequence[str]) -> None:
    """Put these lines into a section. Once people have been asked to read, what changed is read again, and the hour
    moves if there is not enough left."""
    found = sa.select(MinutesLine).where(
        MinutesLine.section_id == section.id, MinutesLine.struck_at.is_(None)
    )
    lines = {
        line.id: line for line in db.session.scalars(found.order_by(MinutesLine.position, MinutesLine.id))
    }
    placed, gone = rules.relined([rules.Known(n, line.text) for n, line in lines.items()], texts)
    changed = len(gone) + sum(p.id is None or lines[p.id].text != p.text for p in placed)
    if not changed:
        return
    sent = minutes.state is MinutesState.SENT
    for number in gone:
        _strike(actor, lines[number], sent)
    for position, line in enumerate(placed):
        _place(section, lines.get(line.id or 0), line.text, position)
    section.version += 1
    db.session.flush()
    record(actor, minutes, SectionWritten(section.id, section.version))
    if sent:
        assert minutes.confirm_until is not None
        minutes.confirm_until = rules.after_correction(minutes.confirm_until, actor.now)
        record(actor, minutes, LinesCorrected(section.id, changed))


def _strike(actor: Actor, line: MinutesLine, sent: bool) -> None:
    if sent:
        line.struck_at = actor.now
    else:
        db.session.delete(line)


def _place(section: MinutesSection, line: MinutesLine | None, text: str, position: int) -> None:
    if line is None:
        line = MinutesLine(minutes_id=section.minutes_id, section_id=section.id, position=position, text=text)
        store(line)
    elif line.text != text:
        line.text, line.version = text, line.version + 1
    line.position = position


def _fits(item: AgendaItem, kind: Outcome, passed_to: str) -> None:
    if kind is Outcome.HEARD and item.topic_id is not None:
        raise Invalid(_("这一项是议题，要说清楚议出了什么结果。"), "kind")
    if kind is Outcome.PASSED_ON and not passed_to:
        raise Invalid(_("请写明转给哪个单位。"), "passed_to")
    if kind is Outcome.RESOLVED and not _carried(item):
        raise Invalid(_("这一项没有表态通过的动议，不能写“表决通过”。"), "kind")
    if kind in DECIDED and (earlier := _sent_to_the_owners(item)):
        raise Invalid(
            _("这件事已经转业主大会表决，会上不能代替。请写“下次再议”，或者再转一次。"),
            "kind",
            f"/minutes/{earlier}",
        )


def _agrees(item: AgendaItem, kind: Outcome, said: str) -> None:
    """What was carried is not said to be open. Raises Invalid."""
    if kind in (Outcome.AGAIN, Outcome.NONE) and any(text.rstrip("。") in said for text in _carried(item)):
        word = _(OUTCOME_WORD[kind])
        raise Invalid(_("这句话写的是已经表态通过的动议，和“%(kind)s”对不上，请改一改。", kind=word), "said")


def _carried(item: AgendaItem) -> Sequence[str]:
    found = sa.select(Motion.text).where(Motion.item_id == item.id, Motion.state == MotionState.CARRIED)
    return db.session.scalars(found).all()


def _sent_to_the_owners(item: AgendaItem) -> int | None:
    """The sealed minutes by which a meeting sent the topic to the owners' vote, if one did."""
    found = (
        sa.select(Minutes.id)
        .join(ItemOutcome, ItemOutcome.minutes_id == Minutes.id)
        .where(
            Minutes.state == MinutesState.SEALED,
            ItemOutcome.topic_id == item.topic_id,
            ItemOutcome.kind == Outcome.STATUTORY,
        )
    )
    return db.session.scalar(found.order_by(Minutes.id.desc()).limit(1)) if item.topic_id else None
