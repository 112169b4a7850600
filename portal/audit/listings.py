"""The log as a list: newest first, narrowed by person, kind of event, days and subject."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from markupsafe import Markup

from ..accounts.models import User
from ..core import clock
from ..core.actor import Actor
from ..core.columns import Rows
from ..core.eventlog import EVENTS, Entry
from ..core.leaves_text import excerpt
from ..core.listing import Column, Filter, Listing, Sort
from ..core.text import N_, _
from .lines import entered_by, kind_word, told, who

LONGEST = 15
"""Characters of a kind's words in its filter."""
enterer = sa.orm.aliased(User)


@dataclass(frozen=True)
class LogListing(Listing):
    """A listing that is also narrowed by the days `since` and `until` (inclusive, of the community)."""

    def chosen(self, actor: Actor, asked: Mapping[str, str]) -> Rows:
        found = super().chosen(actor, asked)
        since, until = day(asked.get("since")), day(asked.get("until"))
        if since:
            found = found.where(Entry.at >= clock.at(since))
        if until:
            found = found.where(Entry.at < clock.at(until + timedelta(days=1)))
        return found


def day(text: str | None) -> date | None:
    """A day as a date field sends it; anything else is no limit."""
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if 2000 <= found.year < 2200 else None


def kinds(actor: Actor) -> list[tuple[str, str]]:
    """All kinds of events with their words, those of one thing together; short, so that a phone shows them."""
    return [(name, excerpt(kind_word(name, actor.lang), LONGEST) or name) for name in sorted(EVENTS)]


def _manner(_actor: Actor) -> list[tuple[str, str]]:
    return [("self", _("本人办的")), ("behalf", _("代办的")), ("portal", _("系统自动办的"))]


_MANNER = {
    "self": sa.and_(Entry.actor_id.is_not(None), Entry.entered_by_id.is_(None)),
    "behalf": Entry.entered_by_id.is_not(None),
    "portal": Entry.actor_id.is_(None),
}

LOG = LogListing(
    model=Entry,
    select=sa.select(
        Entry.id,
        Entry.at,
        Entry.name,
        Entry.actor_id,
        Entry.entered_by_id,
        Entry.party,
        Entry.subject,
        Entry.payload,
        Entry.request_id,
        User.name.label("person"),
        enterer.name.label("enterer"),
    )
    .outerjoin(User, User.id == Entry.actor_id)
    .outerjoin(enterer, enterer.id == Entry.entered_by_id),
    search=(User.name, User.nickname, enterer.name, Entry.subject),
    sorts=(
        Sort("new", N_("最新的在前"), Entry.id),
        Sort("old", N_("最早的在前"), Entry.id, descending=False),
    ),
    filters=(
        Filter("kind", N_("什么事"), kinds, lambda value: Entry.name == value),
        Filter("manner", N_("怎么办的"), _manner, lambda value: _MANNER[value]),
    ),
    columns=(
        Column(N_("序号"), lambda row: row.id),
        Column(N_("时间"), lambda row: row.at),
        Column(N_("谁"), who),
        Column(N_("由谁代办"), entered_by),
        Column(N_("什么事"), lambda row: Markup(told(row)).striptags()),
        Column(N_("事件"), lambda row: row.name),
        Column(N_("对象"), lambda row: row.subject),
        Column(N_("请求编号"), lambda row: row.request_id),
    ),
    size=50,
)
