"""The first page on large data: what it shows comes out of an index, and what is over is not walked through."""

import pytest
import sqlalchemy as sa

from portal.core import access
from portal.core.db import db
from portal.councils.models import Response, Topic
from portal.councils.queries import of_council
from portal.home.queries import topics
from portal.projects.brief import _latest_finished
from portal.projects.models import Project
from portal.projects.words import FINISHED
from tests.world import World


def plan(statement: sa.Select[*tuple[object, ...]], rival: str = "") -> list[str]:
    """The steps by which the database finds the rows; on PostgreSQL without the index `rival`, which costs the same
    as long as there are only a few."""
    connection = db.session.connection()
    text = statement.compile(connection, compile_kwargs={"literal_binds": True}).string
    if connection.dialect.name == "sqlite":
        return [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")]
    # A few rows are always read faster than looked up: only whether the index would serve is asked here.
    for other in ("enable_sort", "enable_seqscan", "enable_bitmapscan"):
        connection.exec_driver_sql(f"SET LOCAL {other} = off")
    if rival:
        connection.exec_driver_sql(f"DROP INDEX {rival}")
    return [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {text.replace('%', '%%')}")]


@pytest.mark.parametrize("name", ["visitor", "owner", "secretary"])
def test_only_live_topics_are_walked(world: World, name: str) -> None:
    actor = world.actor(name)
    estates = tuple(sorted({topics._estate(home) for home in actor.homes}))
    found = topics._near(access.rows(actor, Topic), of_council(actor), estates, topics.SHOWN)
    steps = plan(found, rival="ix_topic_council_moved")
    assert any("ix_topic_council_live" in step for step in steps), steps


@pytest.mark.parametrize("name", ["visitor", "owner"])
def test_only_finished_projects_are_walked(world: World, name: str) -> None:
    found = _latest_finished(access.rows(world.actor(name), Project), 1)
    steps = plan(found)
    assert sum("ix_project_state_accepted" in step for step in steps) == len(FINISHED), steps


def test_what_is_waited_for_is_found_from_the_readers_topics(world: World) -> None:
    """PostgreSQL chooses freely among the indexes of a small table, so there only their being there is asked."""
    if db.session.connection().dialect.name == "postgresql":
        indexes = {i["name"] for i in sa.inspect(db.session.connection()).get_indexes("endorsement")}
        assert "ix_endorsement_user_topic" in indexes
        return
    actor = world.owner
    found = topics._awaited(access.rows(actor, Topic), access.rows(actor, Response), topics.SHOWN)
    steps = plan(found.params(me=actor.id))
    assert sum("ix_endorsement_user_topic" in step for step in steps) == 2, steps
    assert not any("ix_response_waiting" in step or "ix_topic_" in step for step in steps), steps


def test_no_more_than_the_latest_are_looked_through(client, raised, monkeypatch) -> None:
    """What lies near but did not move for long comes after what is new: the walk has an end."""
    raised(title="本小区的", place="estate")
    for n in range(6):
        raised(title=f"全社区的{n}", place="community")
    client.sign_in("tenant")
    assert "本小区的" in client.get("/").text
    monkeypatch.setattr(topics, "LATEST", 6)
    topics._near.cache_clear()  # type: ignore[attr-defined]
    try:
        assert "本小区的" not in client.get("/").text
    finally:
        topics._near.cache_clear()  # type: ignore[attr-defined]
