"""Lists of the count: matters, scrutineers, objections, and rows of official files that were not taken."""

from collections.abc import Iterator

import sqlalchemy as sa

from ...core.db import db
from ...core.directory import directory
from ...core.text import N_, _
from ..models.box import OfficialImport
from ..models.counts import Scrutineer, TallySheet
from ..models.votes import Matter, OwnersVote, VoteObjection
from ..official.checking import WHY_WORD, Why
from ..words import COUNTER_WORD, OBJECTION_WORD
from .table import MARK, Table, line_of


def of_count(vote: OwnersVote) -> Iterator[Table]:
    yield Table(
        "08-count/matters.csv",
        sa.select(Matter).where(Matter.vote_id == vote.id).order_by(Matter.position),
        (
            (N_("事项"), lambda r: r.Matter.position + 1),
            (N_("内容"), lambda r: r.Matter.question),
            (N_("民法典第二百七十八条第一款第几项"), lambda r: r.Matter.item),
            (N_("归到这一项的理由"), lambda r: r.Matter.item_reason),
            (N_("说明"), lambda r: r.Matter.explanation),
            (N_("选几位"), lambda r: r.Matter.seats or ""),
        ),
    )
    yield Table(
        "08-count/scrutineers.csv",
        sa.select(Scrutineer).where(Scrutineer.vote_id == vote.id).order_by(Scrutineer.id),
        (
            (N_("做什么"), lambda r: _(COUNTER_WORD[r.Scrutineer.role])),
            (N_("姓名"), lambda r: r.Scrutineer.name),
            (N_("签字时间"), lambda r: r.Scrutineer.signed_at),
            (N_("纸上签字的记录"), lambda r: r.Scrutineer.sheet_id),
        ),
    )
    people = directory.people
    sheets = sa.select(TallySheet, people.name.label("by")).outerjoin(people, people.id == TallySheet.by_id)
    yield Table(
        "08-count/sheets.csv",
        sheets.where(TallySheet.vote_id == vote.id).order_by(TallySheet.id),
        (
            (N_("序号"), lambda r: r.TallySheet.id),
            (N_("谁签了字"), lambda r: r.TallySheet.names),
            (N_("存入时间"), lambda r: r.TallySheet.at),
            (N_("经办人"), lambda r: r.by),
        ),
    )


def of_objections(vote: OwnersVote) -> Iterator[Table]:
    author, answerer = (sa.orm.aliased(directory.people) for _n in range(2))
    objections = (
        sa.select(VoteObjection, author.name.label("author"), answerer.name.label("answerer"))
        .outerjoin(author, author.id == VoteObjection.author_id)
        .outerjoin(answerer, answerer.id == VoteObjection.answered_by_id)
    )
    yield Table(
        "09-objections/objections.csv",
        objections.where(VoteObjection.vote_id == vote.id).order_by(VoteObjection.id),
        (
            (N_("异议"), lambda r: _(OBJECTION_WORD[r.VoteObjection.kind])),
            (N_("提出人"), lambda r: r.author),
            (N_("时间"), lambda r: r.VoteObjection.at),
            (N_("内容"), lambda r: r.VoteObjection.text),
            (N_("答复"), lambda r: r.VoteObjection.answer),
            (N_("是否成立"), lambda r: _upheld(r.VoteObjection.upheld)),
            (N_("答复人"), lambda r: r.answerer),
            (N_("答复时间"), lambda r: r.VoteObjection.answered_at),
            (N_("名册不改的理由"), lambda r: r.VoteObjection.unchanged_because),
        ),
    )


def of_imports(vote: OwnersVote) -> Table:
    """Result files of the authority: the digest of each beside the figure it gave."""
    people = directory.people
    found = sa.select(OfficialImport, people.name.label("by")).outerjoin(
        people, people.id == OfficialImport.by_id
    )
    return Table(
        "07-official/imports.csv",
        found.where(OfficialImport.vote_id == vote.id).order_by(OfficialImport.id),
        (
            (N_("文件指纹"), lambda r: r.OfficialImport.digest),
            (N_("主管部门给的校验值"), lambda r: r.OfficialImport.stated),
            (N_("是否一致"), lambda r: _("一致") if r.OfficialImport.stated else _("没有给")),
            (N_("收下的行"), lambda r: r.OfficialImport.rows),
            (N_("成票"), lambda r: r.OfficialImport.ballots),
            (N_("经办人"), lambda r: r.by),
            (N_("时间"), lambda r: r.OfficialImport.at),
        ),
    )


def refused_rows(vote: OwnersVote) -> Iterator[bytes]:
    """Rows of official result files that were not taken, with the reason."""
    yield MARK
    yield line_of([_("文件指纹"), _("行"), _("为什么没有收")])
    found = sa.select(OfficialImport).where(OfficialImport.vote_id == vote.id).order_by(OfficialImport.id)
    for taken in db.session.scalars(found):
        for line, why in taken.refused:
            yield line_of([taken.digest, line, _(WHY_WORD[Why(why)])])


def _upheld(upheld: bool | None) -> str:
    return "" if upheld is None else _("成立") if upheld else _("不成立")
