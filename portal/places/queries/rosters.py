"""Imports: their history, and the findings of one as they are shown and exported."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ...core.db import db, in_parts
from ...core.directory import directory
from ...core.listing import Column, Listing, Sort
from ...core.text import N_, _
from ..models import RosterImport, Unit
from ..register import version

ACTIONS = {"refuse": N_("没有收"), "repair": N_("改正后收下"), "skip": N_("不是房屋，跳过")}
"""What became of a row, the gravest first."""
SIZE = 50


def history() -> Listing:
    """All files that were read, newest first."""
    people = directory.people
    columns = (
        RosterImport.id,
        RosterImport.file_name,
        RosterImport.read_at,
        RosterImport.taken_at,
        RosterImport.summary,
        people.name.label("by"),
    )
    return Listing(
        model=RosterImport,
        select=sa.select(*columns).outerjoin(people, people.id == RosterImport.read_by_id),
        sorts=(Sort("read_at", N_("新的在前"), RosterImport.read_at),),
        columns=(
            Column(N_("文件"), lambda r: r.file_name),
            Column(N_("读取时间"), lambda r: r.read_at),
            Column(N_("读取人"), lambda r: r.by),
            Column(N_("收进房屋名册的时间"), lambda r: r.taken_at),
            Column(N_("房屋"), lambda r: r.summary.get("units")),
            Column(N_("没有收的行"), lambda r: r.summary.get("refuse")),
        ),
    )


@dataclass(frozen=True)
class Findings:
    """A page of the findings that match. `groups`: (action, kind, count) of all, the gravest first."""

    groups: list[tuple[str, str, int]]
    rows: list[dict[str, Any]]
    count: int
    number: int
    pages: int


def findings(report: Mapping[str, Any], action: str = "", kind: str = "", number: int = 1) -> Findings:
    """One page of what the report says, narrowed to an action or a kind."""
    every = report.get("findings", [])
    order = list(ACTIONS)
    counted = Counter((f["action"], f["kind"]) for f in every)
    groups = sorted(
        ((a, k, n) for (a, k), n in counted.items()), key=lambda g: (order.index(g[0]), -g[2], g[1])
    )
    found = narrowed(every, action, kind)
    pages = max(1, -(-len(found) // SIZE))
    number = min(max(1, number), pages)
    return Findings(groups, found[(number - 1) * SIZE : number * SIZE], len(found), number, pages)


def narrowed(every: Sequence[dict[str, Any]], action: str, kind: str) -> list[dict[str, Any]]:
    """Findings of an action or a kind, in the order of the file, refused rows first."""
    order = list(ACTIONS)
    found = [f for f in every if action in ("", f["action"]) and kind in ("", f["kind"])]
    return sorted(found, key=lambda f: order.index(f["action"]))


def said(finding: Mapping[str, Any]) -> str:
    """The sentence of a finding in the reader's language."""
    values = finding["values"]
    return _(finding["template"], **values) if values else _(finding["template"])


FINDINGS = (
    Column(N_("工作表"), lambda f: f["sheet"]),
    Column(N_("行"), lambda f: f["row"] or None),
    Column(N_("列"), lambda f: f["column"]),
    Column(N_("处理"), lambda f: _(ACTIONS[f["action"]])),
    Column(N_("说明"), said),
    Column(N_("原来写的"), lambda f: f["raw"]),
    Column(N_("读作"), lambda f: f["reads_as"]),
    Column(N_("请核对"), lambda f: _("请核对") if f["confirm"] else ""),
)
"""The columns of the report as a file."""


def is_stale(imported: RosterImport) -> bool:
    """Whether the register has changed since the preview was made; one query."""
    return imported.base != version(imported.place_path)


def gone_among(ids: Sequence[int]) -> set[int]:
    """Which of these units were retired meanwhile."""
    found: set[int] = set()
    for some in in_parts(ids):
        chosen = sa.select(Unit.id).where(Unit.id.in_(some), Unit.gone_on.is_not(None))
        found |= set(db.session.scalars(chosen))
    return found
