"""Rosters of any size, and how fast and in how much memory they are taken in."""

import io
import time
from dataclasses import dataclass
from importlib import import_module

from openpyxl import Workbook

from .child import peak_megabytes
from .plan import Subject

HEADER = [
    "小区", "楼栋", "单元", "楼层", "房号", "用途", "专有面积(㎡)", "业主", "电话", "交付状态", "备注",
]  # fmt: skip
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟敏静丽强磊军洋勇艳杰娟涛明超霞平刚鹏浩"
ENTRANCES, FLOORS, ROOMS = 3, 17, 3
PER_BUILDING = ENTRANCES * FLOORS * ROOMS


@dataclass(frozen=True)
class RosterFigures:
    units: int
    taken: int
    seconds: float
    per_second: float
    peak_mb: float
    """Of the importing process or the child that opens the file, whichever is larger."""


def workbook(units: int) -> bytes:
    """An owners' register of one estate as a property company would hand it over, all of it right."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("测量小区")
    sheet.append(HEADER)
    for number in range(units):
        sheet.append(_row(number))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _row(number: int) -> list[str | float]:
    building, rest = divmod(number, PER_BUILDING)
    entrance, rest = divmod(rest, FLOORS * ROOMS)
    floor, room = divmod(rest, ROOMS)
    owner = SURNAMES[number % 20] + GIVEN[number // 20 % 20] + GIVEN[number // 400 % 20]
    return [
        "测量小区", f"{building + 1}号楼", f"{entrance + 1}单元", str(floor + 1), f"{floor + 1}{room + 1:02}",
        "住宅", 78.5 + number % 40, owner, f"1990000{number % 10000:04}", "已交付", "",
    ]  # fmt: skip


def take_in(subject_name: str, data: bytes) -> RosterFigures:
    """Import `data` through the subject; run this in a process of its own, or the memory is not its."""
    subject: Subject = import_module(subject_name)
    import_roster = subject.prepare_import()
    started = time.perf_counter()
    taken = import_roster(data, "roster.xlsx")
    seconds = time.perf_counter() - started
    return RosterFigures(0, taken, seconds, taken / seconds, peak_megabytes())
