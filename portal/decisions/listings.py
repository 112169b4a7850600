"""The register of decisions and the list of objections: pages, filters and files."""

import sqlalchemy as sa

from ..core.actor import Actor
from ..core.leaves_text import masked
from ..core.listing import Column, Filter, Listing, Sort, answered, by_word
from ..core.text import N_, _
from ..councils.models import Topic
from .models import Decision, Objection
from .queries import OBJECTION_COLUMNS, with_names
from .words import BASIS_WORD, STATE_WORD


def _years(actor: Actor) -> list[tuple[str, str]]:
    return [(str(y), str(y)) for y in range(actor.today.year, actor.today.year - 10, -1)]


DECISIONS = Listing(
    model=Decision,
    select=sa.select(
        Decision.id,
        Decision.number,
        Decision.title,
        Decision.state,
        Decision.basis,
        Decision.place_label,
        Decision.recorded_at,
        Decision.posted_at,
        Decision.posted_until,
        Decision.effect_from,
        Decision.effective_at,
        Decision.revoked_at,
        Decision.objections_count,
        Decision.objections_open,
        Decision.moved_at,
        Topic.number.label("topic_number"),
    ).outerjoin(Topic, Topic.id == Decision.topic_id),
    search=(Decision.title, Decision.number, Decision.place_label, Decision.body),
    sorts=(
        Sort("new", N_("编号从新到旧"), Decision.recorded_at),
        Sort("moved", N_("最近有变化"), Decision.moved_at),
        Sort("effect", N_("生效时间"), Decision.effect_from),
    ),
    filters=(
        by_word("state", N_("状态"), Decision.state, STATE_WORD),
        by_word("basis", N_("依据"), Decision.basis, BASIS_WORD),
        Filter("year", N_("年份"), _years, lambda v: Decision.year == int(v)),
    ),
    columns=(
        Column(N_("编号"), lambda d: d.number),
        Column(N_("决定"), lambda d: d.title),
        Column(N_("地点"), lambda d: d.place_label),
        Column(N_("依据"), lambda d: _(BASIS_WORD[d.basis])),
        Column(N_("状态"), lambda d: _(STATE_WORD[d.state])),
        Column(N_("议题编号"), lambda d: d.topic_number),
        Column(N_("记录时间"), lambda d: d.recorded_at),
        Column(N_("公示开始"), lambda d: d.posted_at),
        Column(N_("公示截止"), lambda d: d.posted_until),
        Column(N_("生效时间"), lambda d: d.effective_at or d.effect_from),
        Column(N_("异议条数"), lambda d: d.objections_count),
        Column(N_("待答复"), lambda d: d.objections_open),
        Column(N_("撤销时间"), lambda d: d.revoked_at),
    ),
)


OBJECTIONS = Listing(
    model=Objection,
    select=with_names(sa.select(*OBJECTION_COLUMNS)),
    search=(Objection.reason, Objection.answer),
    sorts=(Sort("new", N_("最新提出"), Objection.raised_at),),
    filters=(answered(Objection.answered_at),),
    columns=(
        Column(N_("提出时间"), lambda o: o.raised_at),
        Column(N_("提出人"), lambda o: masked(o.author_name)),
        Column(N_("异议"), lambda o: o.reason),
        Column(N_("答复"), lambda o: o.answer),
        Column(N_("答复时间"), lambda o: o.answered_at),
    ),
)
