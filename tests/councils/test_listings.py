"""The list of topics on large data: the first rows come out of an index, whatever the order."""

import pytest
import sqlalchemy as sa

from portal.core.db import db
from portal.core.listing import Sort, turned
from portal.councils.listings import TOPICS
from portal.councils.models import Topic
from tests.world import World


@pytest.mark.parametrize("cursor", [False, True])
@pytest.mark.parametrize("sort", TOPICS.sorts, ids=lambda sort: sort.key)
@pytest.mark.parametrize("name", ["visitor", "owner"])
def test_no_order_needs_sorting(name: str, sort: Sort, cursor: bool, world: World, topic: Topic) -> None:
    found = turned(TOPICS.chosen(world.actor(name), {}), sort, Topic.id, 21, from_cursor=cursor)
    steps = plan(found.params(cursor_value=1 if sort.key == "support" else topic.moved_at, cursor_id=1))
    assert any("ix_topic_council_" in step for step in steps), steps
    assert not any("Sort" in step or "TEMP B-TREE" in step for step in steps), steps


def plan(statement: sa.Select[*tuple[object, ...]]) -> list[str]:
    """The steps by which the database finds the rows, those of inner queries left out."""
    connection = db.session.connection()
    text = statement.compile(connection, compile_kwargs={"literal_binds": True}).string
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")
        return [row.detail for row in rows if row.parent == 0]
    # A few rows are always sorted faster than looked up: only whether the index would serve is asked here.
    connection.exec_driver_sql("SET LOCAL enable_sort = off")
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    steps = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {text.replace('%', '%%')}")]
    return [step for step in steps if not step.startswith(" " * 10)]
