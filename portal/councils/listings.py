"""The list of topics: one description for the page, its filters and its files."""

import sqlalchemy as sa

from ..accounts.models import User
from ..accounts.naming import shown
from ..core.actor import Actor
from ..core.listing import Column, Filter, Listing, Sort, by_word
from ..core.text import N_, _, choices
from .models import Topic
from .queries import of_council
from .words import CATEGORY_WORD, PARTY_WORD, STATE_WORD, STOP, STOP_WORD, TopicState

ENDED = tuple(s for s in TopicState if s not in STOP)


def _stops(actor: Actor) -> list[tuple[str, str]]:
    return [*choices(STOP_WORD), ("ended", _("已结束"))]


def _at_stop(value: str) -> sa.ColumnElement[bool]:
    states = ENDED if value == "ended" else [s for s, stop in STOP.items() if stop == value]
    return Topic.state.in_(states)


TOPICS = Listing(
    model=Topic,
    select=sa.select(
        Topic.id,
        Topic.number,
        Topic.title,
        Topic.state,
        Topic.category,
        Topic.place_label,
        Topic.author_party,
        Topic.held_by,
        Topic.due_at,
        Topic.households,
        Topic.comments_count,
        Topic.created_at,
        Topic.moved_at,
        shown(User).label("author_name"),
    ).join(User, User.id == Topic.author_id),
    within=of_council,
    search=(Topic.title, Topic.number, Topic.place_label, Topic.body),
    sorts=(
        Sort("moved", N_("最近有进展"), Topic.moved_at),
        Sort("new", N_("最新提出"), Topic.created_at),
        Sort("support", N_("联署最多"), Topic.households),
    ),
    filters=(
        Filter("stop", N_("到哪一站"), _stops, _at_stop),
        by_word("category", N_("哪一类"), Topic.category, CATEGORY_WORD),
        by_word("party", N_("谁提出的"), Topic.author_party, PARTY_WORD),
    ),
    columns=(
        Column(N_("编号"), lambda t: t.number),
        Column(N_("议题"), lambda t: t.title),
        Column(N_("类别"), lambda t: _(CATEGORY_WORD[t.category])),
        Column(N_("地点"), lambda t: t.place_label),
        Column(N_("进度"), lambda t: _(STATE_WORD[t.state])),
        Column(N_("提出方"), lambda t: _(PARTY_WORD[t.author_party])),
        Column(N_("联署户数"), lambda t: t.households),
        Column(N_("意见数"), lambda t: t.comments_count),
        Column(N_("等谁办"), lambda t: _(PARTY_WORD[t.held_by]) if t.state in STOP else ""),
        Column(N_("时限"), lambda t: t.due_at),
        Column(N_("提出时间"), lambda t: t.created_at),
    ),
)
