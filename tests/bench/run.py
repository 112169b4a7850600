"""One run: every database under every server, measured, printed and written."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from tests.postgres import Server, find_binaries, postgres_server

from .ballots import Meter, measure_ballots, postgres_commits, sqlite_commits
from .child import in_child
from .counts import CASES, count
from .minutes import measure_minutes
from .pages import measure_pages
from .plan import Plan, Room, Subject
from .queries import count_queries
from .report import Setting, print_table, write_json
from .rolls import measure_roll
from .rooms import SECONDS, RoomFigures, measure_room, shown_by
from .rosters import take_in, workbook
from .server import COMMANDS, ROOT, serving
from .shops import measure_shops

SECRET = "a key for measuring only, 32 long"


@dataclass(frozen=True)
class Ground:
    """Where databases for one run come from."""

    folder: Path
    server: Server | None

    def environment(self, name: str) -> dict[str, str]:
        """A new empty database and data folder."""
        instance = self.folder / name
        instance.mkdir()
        address = self.server(name) if self.server else f"sqlite:///{instance}/portal.sqlite3"
        return {"DATABASE_URL": address, "PORTAL_INSTANCE": str(instance), "SECRET_KEY": SECRET}

    def commits_per_second(self) -> float:
        return postgres_commits(self.server("commits")) if self.server else sqlite_commits(self.folder)


def main() -> None:
    asked = _arguments()
    settings = [measure(asked, database, server) for database in asked.database for server in asked.server]
    counts = [in_child({}, count, method) for method in CASES] if asked.counts else []
    print_table(settings, counts)
    write_json(asked.out, settings, counts)
    print(f"\nwritten to {asked.out}")
    if any(setting.missing for setting in settings):
        sys.exit("something could not be measured, see above")


def measure(asked: argparse.Namespace, database: str, server: str) -> Setting:
    setting = Setting(database, server)
    if database == "postgresql" and find_binaries() is None:
        setting.missing.append("no PostgreSQL server is installed")
        return setting
    with _ground(database) as ground:
        usual = ground.environment("usual")
        plan, setting.queries = _prepared(asked, setting, usual, 1, asked.voters)
        _serve_and_measure(asked, setting, plan, usual, ground)
        _with_more_data(asked, setting, ground)
        for units in asked.rosters:
            figures = in_child(ground.environment(f"roster{units}"), take_in, asked.subject, workbook(units))
            setting.rosters.append(replace(figures, units=units))
        for owners in asked.rolls:
            roll = in_child(ground.environment(f"roll{owners}"), measure_roll, asked.subject, owners)
            setting.rolls.append(roll)
            setting.missing += roll.missing
        for merchants in asked.shops:
            alone = setting.ballots[0].commits_per_second if setting.ballots else ground.commits_per_second()
            environment = ground.environment(f"shops{merchants}")
            setting.shops.append(in_child(environment, measure_shops, merchants, alone))
        for there in asked.minutes:
            setting.minutes.append(in_child(ground.environment(f"minutes{there}"), measure_minutes, there))
        for phones in asked.rooms:
            setting.rooms.append(_measured_room(asked, setting, phones, ground))
    return setting


def prepare(subject_name: str, scale: int, voters: int) -> tuple[Plan, dict[str, int], list[str]]:
    """In a process of its own: fill the database, count the queries of its pages."""
    subject = _subject(subject_name)
    plan = subject.build(scale, voters)
    return plan, *count_queries(subject, plan)


def _prepared(
    asked: argparse.Namespace, setting: Setting, environment: dict[str, str], scale: int, voters: int
) -> tuple[Plan, dict[str, int]]:
    """The plan, with those pages only that really are pages; the others are told as missing."""
    plan, queries, problems = in_child(environment, prepare, asked.subject, scale, voters)
    setting.missing += [*plan.missing, *problems]
    pages = tuple(page for page in plan.pages if page.name in queries)
    return replace(plan, pages=pages), queries


def ballots_counted(subject_name: str) -> dict[str, int]:
    return _subject(subject_name).ballots_counted()


def prepare_room(subject_name: str, phones: int) -> Room:
    return _subject(subject_name).prepare_room(phones)


def hands_shown(subject_name: str) -> list[tuple[int, str]]:
    return _subject(subject_name).hands_shown()


def _measured_room(asked: argparse.Namespace, setting: Setting, phones: int, ground: Ground) -> RoomFigures:
    environment = ground.environment(f"room{phones}")
    room = in_child(environment, prepare_room, asked.subject, phones)
    with serving(setting.server, _subject(asked.subject).APP, environment) as server:
        meter = Meter(server, ground.server.pid if ground.server else None)
        figures = measure_room(room, meter, asked.room_seconds)
    hands = in_child(environment, hands_shown, asked.subject)
    right = sum(choice == shown_by(number) for number, choice in set(hands))
    return replace(figures, in_database=len(hands), right=right)


def _serve_and_measure(
    asked: argparse.Namespace, setting: Setting, plan: Plan, environment: dict[str, str], ground: Ground
) -> None:
    database_pid = ground.server.pid if ground.server else None
    with (
        serving(setting.server, _subject(asked.subject).APP, environment) as server,
        serving(setting.server, "tests.bench.bare:app", {}) as bare,
    ):
        setting.pages = measure_pages(
            plan.pages, server, bare, database_pid, requests=asked.requests, rounds=asked.rounds
        )
        meter = Meter(server, database_pid)
        alone = ground.commits_per_second() if plan.boxes else 0.0
        setting.ballots = [measure_ballots(box, meter, alone) for box in plan.boxes]
    if plan.boxes:
        there = in_child(environment, ballots_counted, asked.subject)
        setting.ballots = [replace(figures, in_database=there[figures.box]) for figures in setting.ballots]


def _with_more_data(asked: argparse.Namespace, setting: Setting, ground: Ground) -> None:
    if asked.grow < 2:
        return
    more = Setting(setting.database, setting.server)
    environment = ground.environment("more")
    plan, setting.grown_queries = _prepared(asked, more, environment, asked.grow, 0)
    _serve_and_measure(asked, more, plan, environment, ground)
    before = {page.name: page.cpu_ms for page in setting.pages}
    setting.grown = {page.name: page.cpu_ms / max(before[page.name], 1e-6) for page in more.pages}


@contextmanager
def _ground(database: str) -> Iterator[Ground]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        if database == "sqlite":
            yield Ground(Path(folder), None)
        else:
            with postgres_server(durable=True) as server:
                yield Ground(Path(folder), server)


def _subject(name: str) -> Subject:
    module: Subject = import_module(name)
    return module


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--subject", default="tests.bench.seed", help="module that is measured (see plan.Subject)"
    )
    parser.add_argument(
        "--database", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"]
    )
    parser.add_argument("--server", nargs="+", default=["granian"], choices=list(COMMANDS))
    parser.add_argument("--requests", type=int, default=400, help="requests of a page in a round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--voters", type=int, default=3000)
    parser.add_argument("--grow", type=int, default=10, help="the pages again with so many times the data")
    parser.add_argument("--rosters", type=int, nargs="*", default=[4470, 50_000], help="units of a roster")
    parser.add_argument(
        "--rolls", type=int, nargs="*", default=[500, 50_000], help="units of an owners' vote"
    )
    parser.add_argument(
        "--rooms",
        type=int,
        nargs="*",
        default=[],
        help="phones in a meeting that is on, e.g. 200; a minute each",
    )
    parser.add_argument(
        "--shops", type=int, nargs="*", default=[], help="merchants whose month is settled, e.g. 200"
    )
    parser.add_argument(
        "--minutes", type=int, nargs="*", default=[200], help="people at a meeting whose minutes are drawn up"
    )
    parser.add_argument("--room-seconds", type=float, default=SECONDS)
    parser.add_argument(
        "--counts", type=int, default=1, help="0: leave out a million ballots by every method"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "bench.json")
    return parser.parse_args()
