"""Chromium of the system, and a served demo community for every test module."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.chromium import FLAGS, PHONE, find_chromium
from tests.browser.people import Person
from tests.browser.serving import Portal, serving
from tests.demo import instance
from tests.postgres import Server, postgres_server

PASSED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = find_chromium()
    if chromium is None:
        pytest.skip("no chromium on this machine")
    return {**browser_type_launch_args, "executable_path": chromium, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished demo, shared by all workers of this run."""
    return instance.built(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server | None]:
    """A PostgreSQL server with the demo as the template `demo`, if the run is about PostgreSQL."""
    if not instance.ON_POSTGRESQL:
        yield None
        return
    demo = request.getfixturevalue("demo")
    with postgres_server() as url_of:
        instance.restored(demo, tmp_path_factory.mktemp("restored"), url_of("demo"))
        yield url_of


@pytest.fixture(scope="module")
def portal(
    demo: Path,
    server: Server | None,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Portal]:
    """The demo, served to this module alone: what one test writes, the next one finds."""
    name = request.module.__name__.rpartition(".")[2]
    folder = instance.copied(demo, tmp_path_factory.mktemp("portal") / "instance")
    database = server(name, template="demo") if server else ""
    with serving(instance.application(folder, database)) as portal:
        yield portal


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[PASSED] = report.passed
    return report


@pytest.fixture
def arrive(
    portal: Portal, browser: Browser, request: pytest.FixtureRequest, output_path: str
) -> Iterator[Callable[..., Person]]:
    """`arrive("li-min")` is that person with a browser of his own, signed in; `arrive()` is a visitor.

    Options are those of a browser context: viewport, java_script_enabled, color_scheme, locale. After a failure
    what everybody had on his screen is in test-results/.
    """
    contexts: list[BrowserContext] = []

    def arrive(key: str = "", **options: Any) -> Person:
        context = browser.new_context(
            base_url=portal.address,
            **{"viewport": PHONE, "locale": "zh-CN", "reduced_motion": "reduce"} | options,
        )
        contexts.append(context)
        person = Person(context.new_page(), portal)
        if key:
            person.sign_in(key)
        return person

    yield arrive
    for number, context in enumerate(contexts):
        if not request.node.stash.get(PASSED, True):
            context.pages[0].screenshot(path=f"{output_path}/{number}.png", full_page=True)
        context.close()
