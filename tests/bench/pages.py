"""Pages beside bare Flask: what one request costs in CPU time, and how fast answers come."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from . import cpu
from .load import Outcome, fire, request
from .plan import Page
from .server import Running

WARM = 60
CONNECTIONS = 4
SECONDS = 60.0
"""An upper bound for one round of one page."""


@dataclass
class Sample:
    """Requests of one kind, summed over the rounds. CPU in seconds."""

    outcome: Outcome = field(default_factory=Outcome)
    app_cpu: float = 0.0
    database_cpu: float = 0.0

    def per_request_ms(self, seconds: float) -> float:
        return 1000 * seconds / max(self.outcome.requests, 1)


@dataclass(frozen=True)
class PageFigures:
    name: str
    app_ms: float
    database_ms: float
    bare_ms: float
    ratio: float
    """CPU of page and database over CPU of the bare view with as many bytes."""
    goal: float | None
    per_second: float
    p50_ms: float
    p95_ms: float
    size: int
    failed: int

    @property
    def cpu_ms(self) -> float:
        """Of the application and its database together."""
        return self.app_ms + self.database_ms


def measure_pages(
    pages: Sequence[Page],
    server: Running,
    bare: Running,
    database_pid: int | None,
    *,
    requests: int,
    rounds: int,
) -> list[PageFigures]:
    """Each page in turns with its yardstick, `rounds` times `requests` requests of each."""
    samples = {page.name: (Sample(), Sample()) for page in pages}
    sizes = {page.name: _size(page, server) for page in pages}
    for _ in range(rounds):
        for page in pages:
            mine, yardstick = samples[page.name]
            _round(mine, server, database_pid, request(page.path, cookie=page.cookie), requests)
            _round(yardstick, bare, None, request(f"/{sizes[page.name]}"), requests * 3)
    return [_figures(page, *samples[page.name]) for page in pages]


def _size(page: Page, server: Running) -> int:
    """Warms the page in every worker, insists that it is a page, and tells the length of its body."""
    first = _fire(server, request(page.path, cookie=page.cookie), WARM)
    if set(first.statuses) != {200}:
        raise RuntimeError(f"{page.name} ({page.path}) answers {dict(first.statuses)}")
    return first.size


def _round(sample: Sample, server: Running, database_pid: int | None, wire: bytes, requests: int) -> None:
    app, database = cpu.seconds_of(server.pid), cpu.seconds_of(database_pid) if database_pid else 0.0
    sample.outcome.add(_fire(server, wire, requests))
    sample.app_cpu += cpu.seconds_of(server.pid) - app
    sample.database_cpu += cpu.seconds_of(database_pid) - database if database_pid else 0.0


def _fire(server: Running, wire: bytes, total: int) -> Outcome:
    return fire(server.port, [wire], total=total, connections=CONNECTIONS, seconds=SECONDS)


def _figures(page: Page, mine: Sample, bare: Sample) -> PageFigures:
    app_ms, database_ms = mine.per_request_ms(mine.app_cpu), mine.per_request_ms(mine.database_cpu)
    bare_ms = bare.per_request_ms(bare.app_cpu)
    return PageFigures(
        page.name, app_ms, database_ms, bare_ms, (app_ms + database_ms) / max(bare_ms, 1e-6), page.goal,
        mine.outcome.requests / mine.outcome.seconds, 1000 * percentile(mine.outcome.latencies, 50),
        1000 * percentile(mine.outcome.latencies, 95), mine.outcome.size, mine.outcome.failed,
    )  # fmt: skip


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that at least `percent` of a hundred do not exceed; 0 for none."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)] if ordered else 0.0
