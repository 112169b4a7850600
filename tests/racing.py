"""People who act at the same moment, with real commits on a database of their own.

Every thread asks with its own connection; a barrier lets them start together, nothing sleeps.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

from portal.core.errors import Refusal


def together(*jobs: Callable[[], Any]) -> list[Any]:
    """Run the jobs at the same time; what each gave or refused."""
    ready = Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        ready.wait(30)
        try:
            return job()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@contextmanager
def addresses(folder: Path) -> Iterator[Callable[[str], str]]:
    """Addresses of empty databases, by name, on the server that the run is about."""
    if os.environ.get("PORTAL_TEST_DATABASE") == "postgresql":
        from tests.postgres import postgres_server

        with postgres_server() as server:
            yield server
    else:
        yield lambda name: f"sqlite:///{folder / name}.sqlite3"
