"""The lists of awards: all of them, and who was put forward for one, for staff."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from ..core.listing import Column, Filter, Listing, Sort, by_word
from ..core.text import N_, _
from .models import Award, AwardCategory, Nominee
from .policy import Can
from .words import NOMINEE_WORD, STATE_WORD, NomineeState

_admitted = (
    sa.select(sa.func.count())
    .where(Nominee.award_id == Award.id, Nominee.state == NomineeState.ADMITTED)
    .correlate(Award)
    .scalar_subquery()
)
AWARDS = Listing(
    model=Award,
    select=sa.select(
        Award.id,
        Award.title,
        Award.state,
        Award.place_label,
        Award.nominate_until,
        Award.posted_until,
        Award.created_at,
        Award.moved_at,
        _admitted.label("admitted"),
    ),
    search=(Award.title, Award.place_label),
    sorts=(
        Sort("moved", N_("最近有变化"), Award.moved_at),
        Sort("created", N_("最近发起"), Award.created_at),
    ),
    filters=(by_word("state", N_("到哪一步"), Award.state, STATE_WORD),),
    columns=(
        Column(N_("评选"), lambda a: a.title),
        Column(N_("哪里的"), lambda a: a.place_label),
        Column(N_("到哪一步"), lambda a: _(STATE_WORD[a.state])),
        Column(N_("提名截止"), lambda a: a.nominate_until),
        Column(N_("入围"), lambda a: a.admitted),
        Column(N_("公示到"), lambda a: a.posted_until),
    ),
)


def _said(value: str) -> Any:
    return Nominee.consent_at.is_(None) if value == "no" else Nominee.consent_at.is_not(None)


_NOMINEES = Listing(
    model=Nominee,
    select=sa.select(
        Nominee.id,
        Nominee.name,
        Nominee.where,
        Nominee.state,
        Nominee.nominators,
        Nominee.consent_at,
        Nominee.created_at,
        Nominee.votes,
        Nominee.honoured,
        AwardCategory.name.label("category"),
    ).join(AwardCategory, AwardCategory.id == Nominee.category_id),
    search=(Nominee.name, Nominee.where),
    sorts=(
        Sort("created", N_("最近提名"), Nominee.created_at),
        Sort("nominators", N_("提名的人多"), Nominee.nominators),
    ),
    filters=(
        by_word("state", N_("到哪一步"), Nominee.state, NOMINEE_WORD),
        Filter("consent", N_("本人同意"), lambda _actor: [("yes", _("同意了")), ("no", _("还没说"))], _said),
    ),
    columns=(
        Column(N_("候选"), lambda n: n.name),
        Column(N_("哪里的"), lambda n: n.where),
        Column(N_("奖项"), lambda n: n.category),
        Column(N_("到哪一步"), lambda n: _(NOMINEE_WORD[n.state])),
        Column(N_("提名人数"), lambda n: n.nominators),
        Column(N_("本人同意"), lambda n: n.consent_at),
        Column(N_("票数"), lambda n: n.votes),
        Column(N_("获奖"), lambda n: _("是") if n.honoured else ""),
    ),
    permission=Can.SEE_NOMINEE,
)


def nominees_for(award: Any) -> Listing:
    return replace(_NOMINEES, select=_NOMINEES.select.where(Nominee.award_id == award.id))
