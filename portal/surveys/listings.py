"""The list of questionnaires."""

import sqlalchemy as sa

from ..core.listing import Column, Listing, Sort, by_word
from ..core.text import N_, _
from .models import Questionnaire
from .queries.pages import sheets_in
from .words import PER_WORD, STATE_WORD

SURVEYS = Listing(
    model=Questionnaire,
    select=sa.select(
        Questionnaire.id,
        Questionnaire.title,
        Questionnaire.state,
        Questionnaire.per,
        Questionnaire.place_label,
        Questionnaire.closes_at,
        Questionnaire.opened_at,
        Questionnaire.moved_at,
        Questionnaire.asked,
        sheets_in().label("sheets"),
    ),
    search=(Questionnaire.title, Questionnaire.place_label),
    sorts=(
        Sort("moved", N_("最近有变化"), Questionnaire.moved_at),
        Sort("closes", N_("最晚截止"), Questionnaire.closes_at),
    ),
    filters=(by_word("state", N_("到哪一步"), Questionnaire.state, STATE_WORD),),
    columns=(
        Column(N_("问卷"), lambda s: s.title),
        Column(N_("问哪里"), lambda s: s.place_label),
        Column(N_("到哪一步"), lambda s: _(STATE_WORD[s.state])),
        Column(N_("一户还是一人一份"), lambda s: _(PER_WORD[s.per])),
        Column(N_("开始时间"), lambda s: s.opened_at),
        Column(N_("截止时间"), lambda s: s.closes_at),
        Column(N_("问到"), lambda s: s.asked),
        Column(N_("收到"), lambda s: s.sheets),
    ),
)
