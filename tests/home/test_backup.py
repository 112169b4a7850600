"""A backup comes back as it was, in an empty portal, in either database; a spoilt one writes nothing."""

import io
import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image

from portal import create_app
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.files import StoredFile, attach, keep_photo
from portal.councils.actions.raising import raise_topic
from portal.councils.actions.table import found_council
from portal.councils.models import Topic
from portal.councils.words import Category
from portal.home.backup import rows
from portal.home.backup.archive import restore
from portal.home.backup.manifest import NAME, Unusable, digest_of, inside
from portal.meetings.actions.bodies import add_member
from portal.meetings.sides import Side
from portal.places.models import Place
from portal.voting.models import Poll, SecretBallot
from portal.voting.sealing import seal
from portal.voting.words import Method, PollState, RollKind, Secrecy
from tests import world as worlds
from tests.meetings.conftest import THURSDAY, founded, planned_at
from tests.points.conftest import open_books
from tests.postgres import find_binaries, postgres_server
from tests.world import NOW, World


def portal(folder: Path, database: str = "") -> Flask:
    """An installation of its own."""
    given: dict[str, Any] = {"TESTING": True, "SECRET_KEY": "tests", "PORTAL_INSTANCE": str(folder)}
    return create_app(given | ({"SQLALCHEMY_DATABASE_URI": database} if database else {}))


@contextmanager
def at_work(app: Flask) -> Iterator[None]:
    with app.app_context(), clock.frozen(NOW):
        yield
        db.session.remove()


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A portal with people, a merged topic that points to a younger one, a photo, books of points, and a meeting that
    somebody is invited to: who sits there is a column that the database works out."""
    app = portal(tmp_path_factory.mktemp("live"))
    with at_work(app):
        rows.prepare()
        world = worlds.build()
        _topics(world)
        _points(world)
    (Path(app.config["INSTANCE"]) / "secret_key").write_text("not for a backup")
    return app


def _topics(world: World) -> None:
    place = world.get(Place, "community")
    council = found_council(world.administrator, place, name="议事会")
    made = [
        raise_topic(
            world.owner,
            council,
            place=place,
            title=f"=第 {n} 件",
            body='一\n二\u2028三 \\ "',
            category=Category.OTHER,
            once=f"o{n}",
        )
        for n in range(2)
    ]
    kept = keep_photo(picture(), "泡水.jpg", "水")
    with transaction():
        made[0].merged_into_id = made[1].id
        attach(world.owner, made[0], [kept], "photo")
    body = founded(world, council)
    add_member(world.secretary, body, who="王秀兰", side=Side.RESIDENT)
    planned_at(world, body, THURSDAY)


def _points(world: World) -> None:
    """Books that the database lets nobody change, with entries that close earlier ones."""
    books = open_books(world)
    earned = books.earn("owner", 20, "one")
    books.redeem("owner", 8, "two")
    books.reverse(books.earn("tenant", 5, "three"))
    assert earned.closes_id is None


@pytest.fixture(scope="module")
def archive(live: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("backups") / "one.tar.gz"
    done = run(live, "backup", str(target))
    assert done.exit_code == 0, done.output
    return target


def run(app: Flask, *args: str) -> Any:
    return app.test_cli_runner().invoke(args=args)


def everything(app: Flask) -> dict[str, list[Any]]:
    """All rows of all tables, in the order of their keys."""
    with at_work(app):
        return {
            t.name: [tuple(row) for row in db.session.execute(sa.select(t).order_by(*t.primary_key.columns))]
            for t in rows.tables()
        }


def photos(app: Flask) -> dict[str, bytes]:
    folder = Path(app.config["FILES"])
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_it_comes_back_as_it_was(live: Flask, archive: Path, tmp_path: Path):
    other = portal(tmp_path)
    done = run(other, "restore", str(archive))
    assert done.exit_code == 0, done.output
    assert everything(other) == everything(live)
    assert len(everything(other)["topic"]) == 2
    assert everything(other)["invitation"]
    assert photos(other) == photos(live)
    assert photos(other)


def test_the_restored_portal_goes_on(archive: Path, tmp_path: Path):
    other = portal(tmp_path)
    run(other, "restore", str(archive))
    goes_on(other)


def goes_on(app: Flask) -> None:
    """New rows get new numbers."""
    with at_work(app):
        with transaction():
            place = Place(kind="community", name="新", label="新", sort_key="新", place_path="/new/")
            db.session.add(place)
        assert place.id == (db.session.scalar(sa.select(sa.func.max(Place.id))) or 0)


def test_it_is_for_its_keepers_eyes(archive: Path):
    assert archive.stat().st_mode & 0o077 == 0
    with tarfile.open(archive) as opened:
        names = opened.getnames()
    assert not [n for n in names if "secret_key" in n or "sqlite" in n]
    assert not list(archive.parent.glob("*.part"))


def test_it_is_never_written_over(live: Flask, archive: Path):
    before = archive.read_bytes()
    done = run(live, "backup", str(archive))
    assert done.exit_code == 1
    assert "exists already" in done.output
    assert archive.read_bytes() == before


def test_it_can_be_made_while_somebody_writes(live: Flask, tmp_path: Path):
    with at_work(live), transaction():
        db.session.execute(sa.update(Topic).values(spot="写了一半"))
        done = run(live, "backup", str(tmp_path / "b.tar.gz"))
        assert done.exit_code == 0, done.output
        db.session.rollback()


def test_nothing_is_overwritten_unless_asked(live: Flask, archive: Path, tmp_path: Path):
    other = portal(tmp_path)
    run(other, "restore", str(archive))
    goes_on(other)
    refused = run(other, "restore", str(archive))
    assert refused.exit_code == 1
    assert "--replace" in refused.output
    assert len(everything(other)["place"]) == len(everything(live)["place"]) + 1
    assert run(other, "restore", "--replace", str(archive)).exit_code == 0
    assert everything(other) == everything(live)


Spoil = Callable[[dict[str, bytes]], None]


def cut_rows(parts: dict[str, bytes]) -> None:
    parts["rows/topic.jsonl"] = b"\n".join(parts["rows/topic.jsonl"].splitlines()[:-1]) + b"\n"


def change_photo(parts: dict[str, bytes]) -> None:
    name = next(n for n in parts if n.startswith("files/files/"))
    parts[name] += b"x"


def lose_table(parts: dict[str, bytes]) -> None:
    del parts["rows/user.jsonl"]


def lose_manifest(parts: dict[str, bytes]) -> None:
    del parts["manifest.json"]


def other_format(parts: dict[str, bytes]) -> None:
    parts["manifest.json"] = parts["manifest.json"].replace(b'"format": 1', b'"format": 99')


def other_schema(parts: dict[str, bytes]) -> None:
    parts["manifest.json"] = parts["manifest.json"].replace(b'"revision": "', b'"revision": "x')


@pytest.mark.parametrize(
    "spoil", [cut_rows, change_photo, lose_table, lose_manifest, other_format, other_schema]
)
def test_a_spoilt_archive_writes_nothing(archive: Path, tmp_path: Path, spoil: Spoil):
    with tarfile.open(archive) as opened:
        parts = {m.name: opened.extractfile(m).read() for m in opened}  # type: ignore[union-attr]
    spoil(parts)
    spoilt = tmp_path / "spoilt.tar.gz"
    with tarfile.open(spoilt, "w:gz") as out:
        for name, body in parts.items():
            member = tarfile.TarInfo(name)
            member.size = len(body)
            out.addfile(member, io.BytesIO(body))
    nothing_comes_of(spoilt, tmp_path / "other")


@pytest.mark.parametrize("body", [b"", b"no archive at all", None])
def test_what_is_no_archive_writes_nothing(archive: Path, tmp_path: Path, body: bytes | None):
    file = tmp_path / "file"
    file.write_bytes(archive.read_bytes()[:-500] if body is None else body)
    nothing_comes_of(file, tmp_path / "other")


def nothing_comes_of(file: Path, folder: Path) -> None:
    other = portal(folder)
    done = run(other, "restore", str(file))
    assert done.exit_code == 1
    assert "nothing was restored" in done.output
    with at_work(other):
        rows.prepare()
    assert not any(everything(other).values())
    assert not photos(other)


@pytest.mark.parametrize("name", ["secret_key", "compiled/zh/x", "./compiled/zh/x", "/compiled/zh/x"])
def test_an_archive_brings_no_key_and_no_program(archive: Path, tmp_path: Path, name: str):
    slipped, folder = tmp_path / "slipped.tar.gz", tmp_path / "unpacked"
    with tarfile.open(archive) as found:
        found.extractall(folder, filter="data")
    path = folder / f"files/{name}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("not mine")
    manifest = json.loads((folder / NAME).read_text())
    manifest["parts"][f"files/{name}"] = digest_of(path)
    (folder / NAME).write_text(json.dumps(manifest))
    with tarfile.open(slipped, "w:gz") as made:
        for part in sorted(p for p in folder.rglob("*") if p.is_file()):
            made.add(part, f"files/{name}" if part == path else part.relative_to(folder))
    nothing_comes_of(slipped, tmp_path / "other")
    assert not (tmp_path / "other" / "compiled" / "zh" / "x").exists()


def test_there_is_no_such_file(tmp_path: Path):
    assert "there is no file" in run(portal(tmp_path), "restore", "missing.tar.gz").output


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "a\\..\\x", ""])
def test_names_stay_inside(name):
    assert not inside(name)


@pytest.mark.skipif(find_binaries() is None, reason="no PostgreSQL server is installed")
def test_from_one_database_to_the_other_and_back(live: Flask, archive: Path, tmp_path: Path):
    with postgres_server() as url_of:
        there = portal(tmp_path / "there", url_of("restored"))
        assert run(there, "restore", str(archive)).exit_code == 0
        assert everything(there) == everything(live)
        back = tmp_path / "back.tar.gz"
        assert run(there, "backup", str(back)).exit_code == 0
        goes_on(there)
        assert run(there, "restore", "--replace", str(back)).exit_code == 0
        again = portal(tmp_path / "again")
        assert run(again, "restore", str(back)).exit_code == 0
        assert everything(again) == everything(live)
        with at_work(there):
            db.engine.dispose()


def test_a_refusal_leaves_the_files_alone(archive: Path, tmp_path: Path):
    other = portal(tmp_path)
    run(other, "restore", str(archive))
    with at_work(other), pytest.raises(Unusable):
        restore(archive)
    with at_work(other):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile)) == 1


def test_polls_whose_papers_wait_for_the_key_of_then_are_named(tmp_path: Path):
    first, target = portal(tmp_path / "first"), tmp_path / "sealed.tar.gz"
    with at_work(first):
        rows.prepare()
        _sealed_paper(worlds.build())
    assert run(first, "backup", str(target)).exit_code == 0
    same = run(portal(tmp_path / "same"), "restore", str(target))
    assert (same.exit_code, "sealed with another" in same.output) == (0, False)
    other = portal(tmp_path / "other")
    other.config["SECRET_KEY"] = "another key of the portal"
    done = run(other, "restore", str(target))
    assert done.exit_code == 0, done.output
    assert "papers sealed with another SECRET_KEY: 1." in done.output


def _sealed_paper(world: World) -> None:
    """An open secret poll with one paper in its box."""
    place = world.get(Place, "community")
    council = found_council(world.administrator, place, name="议事会")
    words: dict[str, Any] = {"place": place, "title": "木栈道", "body": "松了", "category": Category.OTHER}
    topic = raise_topic(world.owner, council, once="sealed", **words)
    poll = Poll(
        topic_id=topic.id,
        council_id=council.id,
        place_path=topic.place_path,
        number="2026-001",
        state=PollState.OPEN,
        question="修不修？",
        method=Method.RESOLUTION,
        options_count=2,
        params={},
        secrecy=Secrecy.SECRET,
        roll_kind=RollKind.SEATS,
        closes_at=NOW + timedelta(days=3),
        drafted_by_id=world.ids["secretary"],
        once="sealed",
        created_at=NOW,
        moved_at=NOW,
    )
    with transaction():
        db.session.add(poll)
        db.session.flush()
        db.session.add(SecretBallot(id="paper", poll_id=poll.id, marks=seal(poll.id, "1"), digest="d"))
