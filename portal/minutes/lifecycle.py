"""How minutes move: sent out when every item has its outcome, sealed when the hour is over; and how a task does."""

from collections.abc import Iterable

import sqlalchemy as sa

from ..core.actor import Actor
from ..core.db import db
from ..core.errors import Unmet
from ..core.lifecycle import Lifecycle, Move
from ..core.text import _
from ..meetings.models import AgendaItem, Invitation
from . import events as e
from . import rules
from .models import ItemOutcome, Minutes, MinutesLine, MinutesMark, MinutesSection, Task, Team
from .policy import Can
from .words import Heading, MinutesState, Stance, TaskState, TeamState

S, T = MinutesState, TaskState


def somebody_was_there(minutes: Minutes, _actor: Actor) -> Iterable[Unmet]:
    """Minutes say who met."""
    there = sa.select(Invitation.id).where(
        Invitation.meeting_id == minutes.meeting_id, Invitation.arrived_at.is_not(None)
    )
    if db.session.scalar(there.limit(1)) is None:
        yield Unmet(_("没有一个人签到，请补记谁到了会。"), f"/minutes/{minutes.id}/attendance")


def every_item_has_its_outcome(minutes: Minutes, _actor: Actor) -> Iterable[Unmet]:
    """Nobody is left to guess what came of it."""
    without = (
        sa.select(AgendaItem.id, AgendaItem.title)
        .outerjoin(ItemOutcome, ItemOutcome.item_id == AgendaItem.id)
        .where(AgendaItem.meeting_id == minutes.meeting_id, ItemOutcome.id.is_(None))
        .order_by(AgendaItem.position)
    )
    for item in db.session.execute(without):
        sentence = _("“%(title)s”还没写结果。", title=item.title)
        yield Unmet(sentence, f"/minutes/{minutes.id}/items/{item.id}/outcome")


def speakers_said_something(minutes: Minutes, _actor: Actor) -> Iterable[Unmet]:
    """A prefilled line names who spoke; what he said is for the recorder."""
    found = (
        sa.select(MinutesSection.id, AgendaItem.title, MinutesLine.text)
        .join(MinutesLine, MinutesLine.section_id == MinutesSection.id)
        .join(AgendaItem, AgendaItem.id == MinutesSection.item_id)
        .where(MinutesSection.minutes_id == minutes.id, MinutesSection.heading == Heading.SAID)
        .order_by(AgendaItem.position)
    )
    lines: dict[tuple[int, str], list[str]] = {}
    for section, title, text in db.session.execute(found):
        lines.setdefault((section, title), []).append(text)
    for (section, title), texts in lines.items():
        if n := rules.unfinished(texts):
            sentence = _("“%(title)s”有 %(n)d 条发言要点只写了谁，没写说了什么。", title=title, n=n)
            yield Unmet(sentence, f"/minutes/{minutes.id}/sections/{section}")


def hour_over(minutes: Minutes, actor: Actor) -> Iterable[Unmet]:
    """Nobody is cut short."""
    if minutes.confirm_until is None or actor.now < minutes.confirm_until:
        yield Unmet(_("核对的时间还没到，不能提前定稿。"))


def objections_answered(minutes: Minutes, _actor: Actor) -> Iterable[Unmet]:
    """Every objection is answered, or its line was corrected."""
    if n := db.session.scalar(sa.select(sa.func.count()).select_from(open_objections(minutes.id).subquery())):
        yield Unmet(_("还有 %(n)d 条异议没有答复，也没有改。", n=n), f"/minutes/{minutes.id}#objections")


def open_objections(minutes_id: object) -> sa.Select[int]:
    """Objections to the present wording of a line that nobody has answered."""
    return (
        sa.select(MinutesMark.id)
        .join(MinutesLine, MinutesLine.id == MinutesMark.line_id)
        .where(
            MinutesMark.minutes_id == minutes_id,
            MinutesMark.stance == Stance.WRONG,
            MinutesMark.answered_at.is_(None),
            MinutesMark.version == MinutesLine.version,
            MinutesLine.struck_at.is_(None),
        )
    )


MINUTES = Lifecycle(
    Minutes,
    MinutesState,
    Move(
        e.MinutesSent,
        Can.SEND,
        (S.DRAFT,),
        S.SENT,
        (somebody_was_there, every_item_has_its_outcome, speakers_said_something),
    ),
    Move(e.MinutesSealed, Can.SEAL, (S.SENT,), S.SEALED, (hour_over, objections_answered)),
)
TASK = Lifecycle(
    Task,
    TaskState,
    Move(e.TaskBegun, Can.BEGIN_TASK, (T.NOTED,), T.OPEN),
    Move(e.TaskDone, Can.REPORT, (T.OPEN,), T.DONE),
    Move(e.TaskDropped, Can.DROP, (T.OPEN,), T.DROPPED),
)
TEAM = Lifecycle(Team, TeamState, Move(e.TeamNamed, Can.NAME_TEAM, (TeamState.NOTED,), TeamState.NAMED))
