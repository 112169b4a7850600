"""The clock's jobs: all run, one that breaks or is refused does not keep the others from running."""

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.core import ticks
from portal.core.actor import Actor
from portal.core.errors import Conflict


@pytest.fixture
def jobs() -> Iterator[dict[str, ticks.Job]]:
    """The registry, empty for the length of a test."""
    kept = dict(ticks.JOBS)
    ticks.JOBS.clear()
    yield ticks.JOBS
    ticks.JOBS.clear()
    ticks.JOBS.update(kept)


def three(actor: Actor) -> int:
    return 3


def broken(actor: Actor) -> int:
    raise RuntimeError("no")


def test_every_job_runs(app: Flask, jobs):
    ticks.add("broken", broken)
    ticks.add("three", three)
    assert ticks.run() == [ticks.Ran("broken", 0, failed=True), ticks.Ran("three", 3)]


def test_a_job_is_registered_once(jobs):
    ticks.add("three", three)
    ticks.add("three", three)
    assert list(jobs) == ["three"]
    with pytest.raises(LookupError):
        ticks.add("three", broken)


def test_one_refusal_does_not_keep_the_others_waiting(app: Flask):
    seen = []

    def verb(n: int) -> None:
        if n == 2:
            raise Conflict("别人先办了")
        seen.append(n)

    assert ticks.each([1, 2, 3], verb) == 2
    assert seen == [1, 3]


def test_one_that_breaks_does_not_stop_the_clock_for_those_behind_it(app: Flask, jobs):
    seen = []

    def verb(n: int) -> None:
        if n == 1:
            raise ZeroDivisionError("this one cannot be counted")
        seen.append(n)

    ticks.add("counting", lambda actor: ticks.each([1, 2, 3], verb))
    assert ticks.run() == [ticks.Ran("counting", 0, failed=True)]
    assert seen == [2, 3]


def test_the_command_says_what_was_done(app: Flask, jobs):
    ticks.add("three", three)
    done = app.test_cli_runner().invoke(args=["tick"])
    assert (done.exit_code, done.output) == (0, "three: 3\n")
    ticks.add("broken", broken)
    assert app.test_cli_runner().invoke(args=["tick"]).exit_code == 1
