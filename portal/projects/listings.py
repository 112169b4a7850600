"""The lists of projects: all of them, the money of one, the diary of one."""

from dataclasses import replace

import sqlalchemy as sa

from ..core import clock
from ..core.amounts import plain
from ..core.listing import Column, Filter, Listing, Sort, by_word
from ..core.text import N_, _
from ..councils.words import PARTY_WORD
from ..decisions.models import Decision
from . import rules
from .models import Project, ProjectUpdate, Spending
from .queries import spendings, updates
from .words import OWING, STATE_WORD


def late() -> sa.ColumnElement[bool]:
    """Something that was owed has not come: computed from the day, never stored."""
    return sa.and_(
        Project.state.in_(OWING), Project.next_due_at.is_not(None), Project.next_due_at < clock.now()
    )


PROJECTS = Listing(
    model=Project,
    select=sa.select(
        Project.id,
        Project.title,
        Project.state,
        Project.party,
        Project.place_label,
        Project.budget,
        Project.spent,
        Project.weight_done,
        Project.weight_all,
        Project.begins_on,
        Project.ends_on,
        Project.next_due_at,
        Project.stars_sum,
        Project.ratings_count,
        Project.moved_at,
        Project.created_at,
        Decision.number.label("decision_number"),
    ).join(Decision, Decision.id == Project.decision_id),
    search=(Project.title, Project.place_label, Project.contractor, Decision.number),
    sorts=(
        Sort("moved", N_("最近有进展"), Project.moved_at),
        Sort("new", N_("最新立项"), Project.created_at),
        Sort("budget", N_("预算最多"), Project.budget),
    ),
    filters=(
        by_word("state", N_("做到哪一步"), Project.state, STATE_WORD),
        by_word("party", N_("谁牵头"), Project.party, PARTY_WORD),
        Filter("late", N_("时限"), lambda _actor: [("1", _("只看拖期的"))], lambda _value: late()),
    ),
    columns=(
        Column(N_("项目"), lambda p: p.title),
        Column(N_("依据的决定"), lambda p: p.decision_number),
        Column(N_("地点"), lambda p: p.place_label),
        Column(N_("牵头"), lambda p: _(PARTY_WORD[p.party])),
        Column(N_("状态"), lambda p: _(STATE_WORD[p.state])),
        Column(N_("进度（%）"), lambda p: rules.percent(p.weight_done, p.weight_all)),
        Column(N_("预算（元）"), lambda p: plain(p.budget)),
        Column(N_("已付（元）"), lambda p: plain(p.spent)),
        Column(N_("开工"), lambda p: p.begins_on.isoformat()),
        Column(N_("计划完工"), lambda p: p.ends_on.isoformat()),
        Column(N_("下一个时限"), lambda p: p.next_due_at),
        Column(N_("评价人数"), lambda p: p.ratings_count),
        Column(N_("平均分"), lambda p: rules.average(p.stars_sum, p.ratings_count)),
    ),
)

SPENDINGS = Listing(
    model=Spending,
    select=spendings(),
    search=(Spending.purpose, Spending.payee),
    size=50,
    sorts=(
        Sort("new", N_("最近付的"), Spending.spent_on),
        Sort("amount", N_("金额最大"), Spending.amount),
    ),
    columns=(
        Column(N_("付款日期"), lambda s: s.spent_on.isoformat()),
        Column(N_("用途"), lambda s: s.purpose),
        Column(N_("预算项"), lambda s: s.line or ""),
        Column(N_("收款方"), lambda s: s.payee),
        Column(N_("金额（元）"), lambda s: plain(s.amount)),
        Column(N_("凭证份数"), lambda s: len(s.papers)),
    ),
)

UPDATES = Listing(
    model=ProjectUpdate,
    select=updates(),
    sorts=(Sort("new", N_("最新"), ProjectUpdate.at),),
    columns=(
        Column(N_("时间"), lambda u: u.at),
        Column(N_("节点"), lambda u: u.milestone or ""),
        Column(N_("进展"), lambda u: u.body),
        Column(N_("照片张数"), lambda u: len(u.files)),
    ),
)


def of_project(listing: Listing, project_id: int) -> Listing:
    """The rows of a listing that belong to one project."""
    return replace(listing, select=listing.select.where(listing.model.project_id == project_id))
