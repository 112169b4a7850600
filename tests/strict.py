"""A pytest plugin for the strict run (`make test STRICT=1`): a skipped test is a failed test.

A test that skips itself because a browser or a server is missing is right on a laptop and wrong where
everything was installed on purpose: there it would hide that nothing was tested.
"""

from collections.abc import Generator
from typing import Any

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped:
        _fail(report)
    return report


def _fail(report: Any) -> None:
    report.outcome = "failed"
    report.longrepr = f"skipped, but nothing may be skipped in the strict run: {report.longrepr}"
