"""Run a function in a fresh process of its own: a clean environment, and memory that can be measured."""

import multiprocessing
import os
import resource
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def in_child(
    environment: Mapping[str, str], function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """`function(*args)` in a new process, `environment` added to this one's. Its exceptions come through."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, fresh, _enter, (dict(environment),)) as pool:
        return pool.submit(function, *args, **kwargs).result()


def _enter(environment: dict[str, str]) -> None:
    os.environ.update(environment)


def peak_megabytes() -> float:
    """The most memory this process, or a child it has awaited, held at once (resident, 10^6 bytes)."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(one).ru_maxrss for one in who) * 1024 / 1e6
