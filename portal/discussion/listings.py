"""The moderation log: every hiding with its rule, its hour and the party that decided; no text and no names."""

from typing import Any

import sqlalchemy as sa

from ..core.listing import Column, Listing, Sort, by_word
from ..core.text import N_, _
from .models import Appeal, Hiding
from .words import REASON_WORD


def outcome(row: Any) -> str:
    """What became of a hiding: it stands, was lifted, or is objected to."""
    if row.lifted_at is not None:
        return _("申诉后恢复") if row.ruled_at is not None else _("已恢复")
    if row.ruled_at is not None:
        return _("申诉后维持")
    return _("申诉中") if row.appealed_at is not None else _("隐藏中")


LOG = Listing(
    model=Hiding,
    select=sa.select(
        Hiding.id,
        Hiding.reason,
        Hiding.party,
        Hiding.at,
        Hiding.lifted_at,
        Appeal.at.label("appealed_at"),
        Appeal.ruled_at,
    ).outerjoin(Appeal, Appeal.hiding_id == Hiding.id),
    sorts=(Sort("at", N_("最近的在前"), Hiding.at),),
    columns=(
        Column(N_("编号"), lambda row: row.id),
        Column(N_("时间"), lambda row: row.at),
        Column(N_("规则"), lambda row: _(REASON_WORD[row.reason])),
        Column(N_("谁隐藏的"), lambda row: row.party),
        Column(N_("结果"), outcome),
    ),
    filters=(by_word("reason", N_("规则"), Hiding.reason, REASON_WORD),),
)
