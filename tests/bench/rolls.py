"""The roll of an estate, the count of its vote and the page of the result, however many owners there are."""

import time
from dataclasses import dataclass
from importlib import import_module

from flask import Flask

from .child import peak_megabytes
from .plan import Page, Plan, Subject
from .queries import count_queries

VIEWS = 30


@dataclass(frozen=True)
class RollFigures:
    units: int
    post_seconds: float
    """Drawing the roll up from the register and hanging it out, by the clock."""
    post_peak_mb: float
    count_seconds: float
    """Counting all ballots on every matter and keeping the result, by the clock."""
    count_peak_mb: float
    result_ms: float
    """CPU of one view of the result's page, in the process, without its database if that is a server."""
    result_queries: int
    missing: tuple[str, ...]


def measure_roll(subject_name: str, units: int) -> RollFigures:
    """Run this in a process of its own, or the memory is not its."""
    subject: Subject = import_module(subject_name)
    steps = subject.prepare_owners_vote(units)
    started = time.perf_counter()
    on_roll = steps.post_roll()
    post_seconds, post_peak = time.perf_counter() - started, peak_megabytes()
    steps.vote()
    started = time.perf_counter()
    steps.count()
    count_seconds, count_peak = time.perf_counter() - started, peak_megabytes()
    page = steps.result()
    queries, missing = count_queries(subject, Plan(pages=(page,)))
    return RollFigures(
        on_roll, post_seconds, post_peak, count_seconds, count_peak,
        _cpu_ms(subject.make_app(), page), queries.get(page.name, 0), tuple(missing),
    )  # fmt: skip


def _cpu_ms(app: Flask, page: Page) -> float:
    client = app.test_client(use_cookies=False)
    client.get(page.path, headers={"Cookie": page.cookie})
    started = time.process_time()
    for _ in range(VIEWS):
        client.get(page.path, headers={"Cookie": page.cookie})
    return 1000 * (time.process_time() - started) / VIEWS
