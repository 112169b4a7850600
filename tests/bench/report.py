"""One table for people, one JSON file for machines."""

import json
import os
import platform
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from unicodedata import east_asian_width

from .ballots import BallotFigures
from .counts import CountFigures
from .minutes import MinutesFigures
from .pages import PageFigures
from .rolls import RollFigures
from .rooms import RoomFigures
from .rosters import RosterFigures
from .shops import ShopFigures

PACKAGES = ("flask", "jinja2", "sqlalchemy", "granian", "gunicorn", "psycopg")
PAGE_HEADER = [
    "page", "app ms", "db ms", "bare ms", "ratio", "goal", "req/s", "p50", "p95", "KB", "queries", "10x data",
]  # fmt: skip


@dataclass
class Setting:
    """All figures of one database under one server. `queries` and `grown` (CPU of the page with ten times the
    data over CPU with the usual) are by page name."""

    database: str
    server: str
    pages: list[PageFigures] = field(default_factory=list)
    queries: dict[str, int] = field(default_factory=dict)
    grown_queries: dict[str, int] = field(default_factory=dict)
    grown: dict[str, float] = field(default_factory=dict)
    ballots: list[BallotFigures] = field(default_factory=list)
    rosters: list[RosterFigures] = field(default_factory=list)
    rolls: list[RollFigures] = field(default_factory=list)
    rooms: list[RoomFigures] = field(default_factory=list)
    shops: list[ShopFigures] = field(default_factory=list)
    minutes: list[MinutesFigures] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """What could not be measured, and why; never left out silently."""


def write_json(path: Path, settings: list[Setting], counts: list[CountFigures]) -> None:
    machine = {
        "python": platform.python_version(), "cores": os.cpu_count(), "system": platform.system(),
        **{name: version(name) for name in PACKAGES},
    }  # fmt: skip
    told = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine,
        "settings": [asdict(setting) for setting in settings],
        "counts": [asdict(figures) for figures in counts],
    }
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def print_table(settings: list[Setting], counts: list[CountFigures]) -> None:
    for setting in settings:
        print(f"\n{setting.database}, {setting.server} (times in ms, CPU per request)")
        if setting.pages:
            print(_aligned([PAGE_HEADER, *(_page_row(setting, page) for page in setting.pages)]))
        for ballots in setting.ballots:
            print(_ballot_lines(ballots))
        for roster in setting.rosters:
            print(
                f"roster of {roster.units:,}: {roster.taken:,} taken in {roster.seconds:.1f} s,"
                f" {roster.per_second:,.0f} rows/s, peak {roster.peak_mb:.0f} MB"
            )
        lines = (
            *map(_roll_line, setting.rolls),
            *map(_room_lines, setting.rooms),
            *map(_shop_lines, setting.shops),
            *map(_minutes_line, setting.minutes),
        )
        for line in lines:
            print(line)
        for reason in setting.missing:
            print(f"NOT MEASURED: {reason}")
    for figures in counts:
        print(
            f"count by {figures.method}: {figures.ballots:,} ballots,"
            f" {figures.seconds:.2f} s of CPU, peak {figures.peak_mb:.0f} MB"
        )


def _page_row(setting: Setting, page: PageFigures) -> list[str]:
    queries = f"{setting.queries.get(page.name, '-')}"
    grown = setting.grown.get(page.name)
    more = setting.grown_queries.get(page.name)
    if more is not None and more != setting.queries.get(page.name):
        queries += f" -> {more}"
    return [
        page.name + (f" ({page.failed} failed)" if page.failed else ""),
        f"{page.app_ms:.2f}", f"{page.database_ms:.2f}", f"{page.bare_ms:.2f}", f"{page.ratio:.1f}x",
        f"{page.goal:g}x" if page.goal else "",
        f"{page.per_second:,.0f}", f"{page.p50_ms:.1f}", f"{page.p95_ms:.1f}",
        f"{page.size / 1000:.1f}", queries, f"{grown:.2f}x" if grown else "-",
    ]  # fmt: skip


def _ballot_lines(ballots: BallotFigures) -> str:
    steps = ", ".join(f"{step} {ms:.2f}" for step, ms in ballots.steps.items())
    return (
        f"ballots, {ballots.box}: {ballots.per_second:,.0f} a second"
        f" (p50 {ballots.p50_ms:.0f}, p95 {ballots.p95_ms:.0f}, longest {ballots.longest_ms:.0f};"
        f" app {ballots.app_ms:.2f}, db {ballots.database_ms:.2f});"
        f" {ballots.acknowledged:,} acknowledged, {ballots.in_database:,} in the database, {ballots.refused} refused;"
        f" the database alone commits {ballots.commits_per_second:,.0f} rows a second\n"
        f"  a voter's visit costs {steps}; together {sum(ballots.steps.values()):.1f} ms"
    )


def _roll_line(roll: RollFigures) -> str:
    return (
        f"owners' vote of {roll.units:,}: roll drawn and posted in {roll.post_seconds:.1f} s,"
        f" peak {roll.post_peak_mb:.0f} MB; counted in {roll.count_seconds:.1f} s, peak {roll.count_peak_mb:.0f} MB;"
        f" result page {roll.result_ms:.2f} ms of CPU, {roll.result_queries} queries"
    )


def _room_lines(room: RoomFigures) -> str:
    return (
        f"room of {room.phones}: {room.polls:,} questions in a minute, {room.empty:,} answered empty;"
        f" p50 {room.p50_ms:.0f} ms, p95 {room.p95_ms:.0f}, longest {room.longest_ms:.0f};"
        f" a hand p95 {room.hand_p95_ms:.0f};"
        f" {room.app_cores:.2f} cores for the application, {room.database_cores:.2f} for the database\n"
        f"  {room.sent} hands sent, {room.in_database} in the database, {room.right} of them as they were shown;"
        f" {room.failed} answers failed"
    )


def _minutes_line(minutes: MinutesFigures) -> str:
    return (
        f"minutes of {minutes.there} who were there: closed and drafted in {minutes.close_seconds:.2f} s,"
        f" {minutes.lines} lines with {minutes.marks:,} words on them sealed in {minutes.seal_seconds:.2f} s,"
        f" {minutes.named} people named; the page {minutes.page_ms:.1f} ms of CPU"
    )


def _shop_lines(shops: ShopFigures) -> str:
    return (
        f"{shops.merchants} merchants: {shops.redemptions:,} redemptions, {shops.per_second:.0f} a second in one"
        f" process (two transactions each; the database alone commits {shops.commits_per_second:,.0f} rows a second)\n"
        f"  their month: {shops.statements} statements drawn up in {shops.draw_seconds:.2f} s, signed for the"
        f" community in {shops.settle_seconds:.2f} s; {shops.points:,} points on them, {shops.in_books:,} in the books"
    )


def _aligned(rows: list[list[str]]) -> str:
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) if column == 0 else " " * (width - _width(cell)) + cell
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
