"""The chain of digests: what was changed, added or removed in the past shows."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.audit import links
from portal.audit.chain import START, Link, canonical, link, parse
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.eventlog import Entry, Visibility
from tests.world import NOW, World

ROWS = [(1, NOW, "a", {"b": 1, "a": 2}), (2, NOW, "b", {})]


def test_a_row_is_the_same_bytes_whatever_the_order_of_its_keys():
    assert canonical((1, NOW, {"b": 1, "a": 2})) == canonical((1, NOW, {"a": 2, "b": 1}))


def test_a_link_hangs_on_the_one_before():
    first = link(None, 1, 2, ROWS)
    assert first == link(None, 1, 2, ROWS)
    assert first.chain != link(Link(1, 1, 1, START, "1" * 64), 1, 2, ROWS).chain
    assert first.digest != link(None, 1, 2, ROWS[::-1]).digest
    assert first.rows == 2


def test_a_line_comes_back_as_it_was_written():
    made = link(None, 1, 2, ROWS)
    assert parse(str(made)) == made


@pytest.mark.parametrize("line", ["", "1-2 3", "1 2 3 4", "a-b c d e", "1-2 2 abc def"])
def test_another_line_is_no_link(line):
    with pytest.raises(ValueError):  # noqa: PT011  (whatever it says, it is no link)
        parse(line)


def state(world: World, count: int, **given: object) -> None:
    with transaction():
        for _ in range(count):
            db.session.add(
                Entry(
                    at=given.get("at", NOW - timedelta(hours=1)),
                    name="topic.raised",
                    actor_id=world.ids["owner"],
                    party="resident",
                    subject="topic:1",
                    story="topic:1",
                    place_path=world.paths["community"],
                    visibility=Visibility.PUBLIC,
                    payload={},
                    request_id="",
                )
            )


@pytest.fixture
def chain(app: Flask, tmp_path: Path) -> Path:
    return tmp_path / "audit-chain"


def verify(app: Flask, chain: Path) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["audit", "verify", "--file", str(chain)])
    return done.exit_code, done.output


def test_night_after_night(app: Flask, world: World, chain: Path):
    state(world, 3)
    one = app.test_cli_runner().invoke(args=["audit", "digest", "--file", str(chain)])
    assert one.exit_code == 0
    state(world, 2)
    links.extend(chain)
    assert links.extend(chain) is None
    written = links.read(chain)
    assert str(written[0]) == one.output.strip()
    assert written[1].first == written[0].last + 1
    assert verify(app, chain) == (0, "2 links fit the log\n")


def test_rows_of_this_minute_wait_for_the_next_night(world: World, chain: Path):
    state(world, 1)
    state(world, 1, at=NOW)
    state(world, 1)
    made = links.extend(chain)
    assert made is not None
    with clock.frozen(NOW + timedelta(hours=1)):
        later = links.extend(chain)
    assert later is not None
    assert (later.first, later.rows) == (made.last + 1, 2)


@pytest.mark.parametrize("harm", ["change", "remove"])
def test_a_changed_past_shows(app: Flask, world: World, chain: Path, harm):
    state(world, 3)
    links.extend(chain)
    state(world, 1)
    links.extend(chain)
    last = links.read(chain)[0].last
    with transaction():
        if harm == "change":
            db.session.execute(sa.update(Entry).where(Entry.id == last).values(actor_id=world.ids["tenant"]))
        else:
            db.session.execute(sa.delete(Entry).where(Entry.id == last))
    code, said = verify(app, chain)
    assert code == 1
    assert "rows changed" in said
    assert "1 of 2 links" in said


def test_a_line_taken_out_or_rewritten_shows(app: Flask, world: World, chain: Path):
    for _ in range(3):
        state(world, 1)
        links.extend(chain)
    kept = chain.read_text().splitlines()
    chain.write_text("\n".join([kept[0], kept[2]]) + "\n")
    assert verify(app, chain)[0] == 1
    chain.write_text("nonsense\n")
    code, said = verify(app, chain)
    assert code == 1
    assert "changed" in said


def test_without_a_chain_nothing_is_proved(app: Flask, chain: Path):
    for there in (False, True):
        if there:
            chain.write_text("")
        code, said = verify(app, chain)
        assert code == 1
        assert "there is no chain" in said
