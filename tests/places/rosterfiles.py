"""Roster files of the tests: those with known results, and small ones written on the spot."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from portal.core.actor import system
from portal.core.db import db
from portal.places.actions.communities import open_community
from portal.places.actions.rosters import preview_roster, take_roster
from portal.places.models import Place, RosterImport
from portal.places.roster.reading import read_roster

FOLDER = Path(__file__).parents[1] / "data"
HEAD = (
    "小区",
    "楼栋",
    "单元",
    "楼层",
    "房号",
    "用途",
    "专有面积(㎡)",
    "面积来源",
    "业主姓名",
    "联系电话",
    "交付状态",
    "网格",
    "备注",
)


def expected(name: str) -> Any:
    """What a careful reader arrives at."""
    return json.loads((FOLDER / f"{name}.expected.json").read_text("utf-8"))


def row(room: str, owner: str = "高文博", phone: str = "19900000001", **other: str) -> list[str]:
    """One unit in the columns of HEAD."""
    told = dict(
        zip(
            HEAD,
            (
                "枫园",
                "1号楼",
                "1单元",
                "1",
                room,
                "住宅",
                "90.50",
                "产权证",
                owner,
                phone,
                "已交付",
                "一网格",
                "",
            ),
            strict=True,
        )
    )
    told |= other
    return [told[h] for h in HEAD]


def table(*rows: Sequence[str], head: Sequence[str] = HEAD) -> bytes:
    """A CSV file of these rows."""
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode("utf-8-sig")


def empty_community(name: str = "枫园社区") -> Place:
    return open_community(system(), name=name)


def preview(community: Place, data: bytes, name: str = "roster.csv") -> RosterImport:
    roster = read_roster(data, name)
    return preview_roster(system(), community, file_name=name, digest="0" * 64, roster=roster)


def take(community: Place, data: bytes, name: str = "roster.csv") -> RosterImport:
    """Preview and take over in one go."""
    imported = preview(community, data, name)
    taken = take_roster(system(), imported, roster=read_roster(data, name))
    db.session.expire_all()
    return taken
