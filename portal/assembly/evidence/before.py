"""What came before the voting, in two short lists: the phases of the topic it grew out of, and how far every building
was reached."""

from collections import Counter

from ...core import clock
from ...core.text import _
from ...councils import phases
from ...councils.courses import PHASE_WORD
from ..models.votes import OwnersVote
from ..queries.reaching import REACHED, buildings
from .archive import Archive
from .table import MARK, line_of


def add(archive: Archive, vote: OwnersVote) -> list[str]:
    """Put both lists into the archive; what the index says of them."""
    return [*_phases(archive, vote), *_reached(archive, vote)]


def _phases(archive: Archive, vote: OwnersVote) -> list[str]:
    if vote.topic_id is None:
        return []
    lines = phases.way(phases.of_topic(vote.topic_id))
    rows = [[_("步骤"), _("走到哪里"), _("是什么"), _("在哪里看"), _("时间")]]
    marks = {"done": _("已完成"), "missed": _("没有走")}
    for line in lines:
        for words, address, at in line.seen or (("", "", None),):
            day = clock.local(at).isoformat(timespec="seconds") if at else ""
            rows.append([_(PHASE_WORD[line.phase]), marks.get(line.mark, _("还没做完")), words, address, day])
    archive.add("00-before/phases.csv", MARK + b"".join(line_of(row) for row in rows))
    missed = [_(PHASE_WORD[line.phase]) for line in lines if line.mark == "missed"]
    return [_("表决前没有走的步骤：%(names)s。", names=_("、").join(missed))] if missed else []


def _reached(archive: Archive, vote: OwnersVote) -> list[str]:
    every = buildings(vote.id)
    if not every:
        return []
    heads = [_("楼栋"), *(_(word) for word, _ways in REACHED.values())]
    rows = [[line.name, *(str(line.states[key]) for key in REACHED)] for line in every]
    sums: Counter[str] = Counter()
    for line in every:
        sums.update(line.states)
    rows.append([_("合计"), *(str(sums[key]) for key in REACHED)])
    archive.add("03-deliveries/totals.csv", MARK + b"".join(line_of(row) for row in (heads, *rows)))
    told = _("，").join(
        _("%(word)s %(n)s 位", word=_(word), n=sums[key]) for key, (word, _ways) in REACHED.items()
    )
    return [_("送达，按最近一次算：%(told)s。", told=told)]
