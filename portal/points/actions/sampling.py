"""The monthly sample: a twentieth of what was earned in a month is drawn and looked at again, by somebody who neither
got nor gave it; what was found is hung out in numbers."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid, NotAllowed
from ...core.eventlog import record
from ...core.text import _
from ..events import SampleChecked, SampleDrawn
from ..models.ledger import Entry
from ..models.programme import Programme
from ..models.thanks import Sample
from ..policy import Can
from ..queries import handling
from ..words import Kind

ONE_IN = 20


def chosen(seed: str, first: date, ids: Sequence[int]) -> list[int]:
    """Which of the entries of a month a seed draws: a twentieth, at least one. Pure, for whoever draws again."""
    by_lot = sorted(ids, key=lambda n: hashlib.sha256(f"{seed} {first} {n}".encode()).digest())
    return sorted(by_lot[: -(-len(ids) // ONE_IN)])


def of_month(programme: Programme, first: date) -> list[int]:
    """The numbers of what was earned in a month, of which its sample is drawn."""
    found = sa.select(Entry.id).where(
        Entry.place_path == programme.place_path,
        Entry.kind == Kind.EARN,
        Entry.day >= first,
        Entry.day < month_after(first),
    )
    return list(db.session.scalars(found.order_by(Entry.id)))


def month_after(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


@action(Can.DRAW_SAMPLE)
def draw_sample(actor: Actor, programme: Programme, *, month: date) -> int:
    """Draw the sample of a month that is over; how many entries. Does nothing if it was drawn. Which ones follows from
    their numbers and a seed that chance gives now, so that nobody knows before and anybody can draw again."""
    first = month.replace(day=1)
    if month_after(first) > actor.today:
        raise Conflict(_("这个月还没有过完。"))
    drawn = sa.select(Sample.id).where(Sample.programme_id == programme.id, Sample.month == first)
    if db.session.scalar(drawn.limit(1)):
        return 0
    ids, seed = of_month(programme, first), secrets.token_hex(16)
    drawn_now = chosen(seed, first, ids)
    store(
        *(
            Sample(
                programme_id=programme.id, place_path=programme.place_path, month=first, entry_id=n,
                drawn_at=actor.now, seed=seed,
            )
            for n in drawn_now
        )
    )  # fmt: skip
    if drawn_now:
        record(actor, programme, SampleDrawn(first, len(drawn_now), len(ids)))
    return len(drawn_now)


@action(Can.CHECK_SAMPLE)
def check_sample(actor: Actor, sample: Sample, *, sound: bool, finding: str) -> None:
    """Say what was found. Raises NotAllowed for whoever got or gave the points, Invalid for a fault without words."""
    entry = db.session.get_one(Entry, sample.entry_id)
    if handling.touched(actor.id or 0, [entry]):
        raise NotAllowed(_("这一笔是您得到或经手的，或者是您家人的，请别人来复核。"))
    if not sound and not finding.strip():
        raise Invalid(_("请写哪里不对。"), "finding")
    sample.sound, sample.finding = sound, finding.strip()[:300]
    sample.checked_by_id, sample.checked_at = actor.id, actor.now
    record(actor, sample, SampleChecked(entry.id, sound))


def draw_due(actor: Actor) -> int:
    """The clock: the month before this one, of every programme."""
    last = date(actor.today.year - (actor.today.month == 1), (actor.today.month - 2) % 12 + 1, 1)
    waits = ~sa.exists().where(Sample.programme_id == Programme.id, Sample.month == last)
    due = sa.select(Programme).where(waits, Programme.opened_at < actor.now)
    return sum(draw_sample(actor, programme, month=last) for programme in list(db.session.scalars(due)))
