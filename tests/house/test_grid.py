"""Who may do what is a text that people review: a change of a rule is a change of tests/house/grid.txt."""

from flask import Flask

from portal.core import access
from tests.house import grid


def test_every_permission_stands_in_the_grid(application: Flask) -> None:
    written = grid.FILE.read_text().splitlines()
    assert set(access.RULES) - set(written) == set(), "python -m tests.house.grid"


def test_the_grid_is_as_reviewed(application: Flask) -> None:
    assert grid.FILE.read_text() == grid.text(), "look at the change: python -m tests.house.grid && git diff"


def test_another_communitys_people_may_nothing(application: Flask) -> None:
    """Also nobody whose rule would allow it: tenancy is asked first."""
    strangers = {"neighbour", "other_secretary"}
    assert [line for line in grid.lines() if line.startswith("    ") and strangers & set(line.split())] == []


def test_a_visitor_may_only_what_is_for_anyone(application: Flask) -> None:
    """What a visitor may must not name people at all."""
    wrong = []
    visitor = grid.people()["visitor"]
    for permission, rule in access.RULES.items():
        if (
            rule.names_people
            and not grid.own_rules(rule)
            and access.may(visitor, permission, grid.Stub(permission.partition(":")[0], {}, visitor))
        ):
            wrong.append(permission)
    assert wrong == []
