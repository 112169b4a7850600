"""The list of owners' votes, and the roll as a file for those who keep it."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from ..core.amounts import plain
from ..core.listing import Column, Listing, Sort, by_word
from ..core.nested import nested
from ..core.text import N_, _
from ..places.models import Place
from ..places.roster.units import Delivery, Use
from .leaves.running import coarse
from .models.box import Turnout
from .models.rolls import RollUnit, Voter
from .models.votes import Matter, OwnersVote
from .words import RESULT_POSTED, SCOPE_WORD, STATE_WORD, VOTER_WORD, VoteState

_HEADS_IN = (
    sa.select(sa.func.coalesce(sa.func.sum(Turnout.heads), 0))
    .where(Turnout.vote_id == OwnersVote.id)
    .scalar_subquery()
)
_PASSED = sa.case((OwnersVote.state.in_(RESULT_POSTED), Matter.result["passed"].as_boolean()))
_OUTCOMES = nested(
    sa.select(Matter.question, Matter.item, _PASSED, Matter.seats)
    .where(Matter.vote_id == OwnersVote.id)
    .order_by(Matter.position),
    of=OwnersVote,
)


_ESTATE = sa.select(Place.label).where(Place.id == OwnersVote.estate_id).scalar_subquery()
"""Every estate numbers its own votes."""


def _came(vote: Any) -> int | str:
    """How many voted; while they do, as roughly as everybody sees it."""
    return (
        f"{coarse(vote.heads_in, vote.heads, vote.heads)}%" if vote.state is VoteState.OPEN else vote.heads_in
    )


OWNERS_VOTES = Listing(
    model=OwnersVote,
    select=sa.select(
        OwnersVote.id,
        OwnersVote.number,
        OwnersVote.title,
        OwnersVote.state,
        OwnersVote.scope,
        OwnersVote.scope_label,
        OwnersVote.convener_name,
        OwnersVote.roll_until,
        OwnersVote.opens_at,
        OwnersVote.opened_at,
        OwnersVote.closes_at,
        OwnersVote.objections_until,
        OwnersVote.heads,
        OwnersVote.area,
        OwnersVote.moved_at,
        _ESTATE.label("estate"),
        _HEADS_IN.label("heads_in"),
        _OUTCOMES.label("matters"),
    ),
    search=(OwnersVote.title, OwnersVote.number, OwnersVote.scope_label),
    sorts=(
        Sort("moved", N_("最近有变化"), OwnersVote.moved_at),
        Sort("closes", N_("最晚截止"), OwnersVote.closes_at),
    ),
    filters=(
        by_word("state", N_("到哪一步"), OwnersVote.state, STATE_WORD),
        by_word("scope", N_("范围"), OwnersVote.scope, SCOPE_WORD),
    ),
    columns=(
        Column(N_("小区"), lambda v: v.estate),
        Column(N_("编号"), lambda v: v.number),
        Column(N_("表决"), lambda v: v.title),
        Column(N_("范围"), lambda v: v.scope_label),
        Column(N_("到哪一步"), lambda v: _(STATE_WORD[v.state])),
        Column(N_("召集人"), lambda v: v.convener_name),
        Column(N_("开始时间"), lambda v: v.opens_at),
        Column(N_("截止时间"), lambda v: v.closes_at),
        Column(N_("业主人数"), lambda v: v.heads),
        Column(N_("专有面积(㎡)"), lambda v: plain(v.area)),
        Column(N_("投票人数"), _came),
        Column(N_("通过的事项"), lambda v: "；".join(m[0] for m in v.matters if m[2])),
        Column(N_("未通过的事项"), lambda v: "；".join(m[0] for m in v.matters if m[2] in (False, 0))),
    ),
)

_ROLL = Listing(
    model=RollUnit,
    select=sa.select(
        RollUnit.id,
        Voter.number,
        Voter.name,
        Voter.kind,
        RollUnit.label,
        RollUnit.building,
        RollUnit.use,
        RollUnit.delivery,
        RollUnit.area,
        RollUnit.area_source,
    ).join(Voter, Voter.id == RollUnit.voter_id),
    sorts=(Sort("number", N_("按票号"), Voter.number, descending=False),),
    columns=(
        Column(N_("票号"), lambda u: u.number),
        Column(N_("楼栋"), lambda u: u.building),
        Column(N_("房屋"), lambda u: u.label),
        Column(N_("业主"), lambda u: u.name),
        Column(N_("怎么算一人"), lambda u: _(VOTER_WORD[u.kind])),
        Column(N_("用途"), lambda u: _(Use(u.use).printed)),
        Column(N_("交付"), lambda u: _(Delivery(u.delivery).printed)),
        Column(N_("专有面积(㎡)"), lambda u: plain(u.area)),
        Column(N_("面积来源"), lambda u: _(u.area_source)),
    ),
)


def roll_of(vote: Any) -> Listing:
    """The units on one roll with the owners' names, for staff."""
    return replace(_ROLL, select=_ROLL.select.where(RollUnit.vote_id == vote.id))
