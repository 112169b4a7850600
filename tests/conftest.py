"""The world of the tests: one database a worker, one outer transaction a test, the clock standing still."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.globals import _cv_app
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from itsdangerous import URLSafeTimedSerializer

from portal import create_app
from portal.accounts import identity
from portal.core import clock
from portal.core.db import db
from portal.core.text import speaking
from tests import world as worlds
from tests.demo.instance import COMPILED
from tests.racing import addresses
from tests.world import NOW, World

SETTINGS = {
    "TESTING": True, "PASSWORD_COST": 1, "SECRET_KEY": "tests", "WTF_CSRF_ENABLED": True, "PRINT_WAIT": None,
    "COMPILED": COMPILED,
}  # fmt: skip

FEATURES = {path.name for path in Path(__file__).parent.iterdir() if path.is_dir()} - {"house", "browser"}
"""Folders of tests, one a feature."""
WITHOUT_A_DATABASE = (
    "voting/counting/*", "voting/test_draw.py", "voting/test_explaining.py", "voting/test_papers.py",
    "assembly/test_rules_convening.py",
    "assembly/test_rules_official.py", "assembly/test_rules_shares.py",
    "meetings/test_calendar_text.py", "meetings/test_rules.py", "projects/test_rules.py", "places/roster/*",
    "demo/test_stories.py", "demo/test_votes.py", "demo/test_halving.py",
    "core/test_amounts.py", "core/test_clock.py", "core/test_images.py", "core/test_leaves.py", "core/test_text.py",
    "core/test_look.py",
    "browser/test_looks*.py", "browser/test_scripts.py", "browser/test_journey.py", "browser/test_budget_poll.py",
    "browser/test_room.py", "browser/test_minutes.py", "browser/test_volunteer.py", "browser/test_redeeming.py",
    "bench/test_harness.py",
    "plans/test_rules.py", "points/test_lots.py",
    "volunteering/test_rules.py", "surveys/test_rules.py", "surveys/test_results.py",
    "house/test_code.py", "house/test_repo.py", "house/test_translations.py", "house/test_runners.py",
    "security/test_pictures.py",
)  # fmt: skip
"""Tests of rules, texts, files, looks and scripts: what they find is the same whatever database there is, so once is
enough. In a browser PostgreSQL carries the loop without JavaScript and the whole owners' vote."""
ONCE = (
    *(f"{feature}/test_pages*.py" for feature in sorted(FEATURES)),
    "voting/test_paper_pages.py",
    "moves/*",
)
"""Pages looked into, papers drawn and packed, and everybody trying everything: minutes of a processor, of which the
database is the smallest part. What the actions do on PostgreSQL their own tests show; that every page comes there, with
every filter, order and search of its lists, `house/test_pages.py` shows."""
SAME_ANSWERS = (
    "test_on_every_page",
    "test_links_lead_somewhere",
    "test_there_are_fragments",
    "test_no_page_asks_too_much",
    "test_no_page_asks_more_than_was_reviewed",
    "test_these_rows_are_found_by_those_who_belong",
    "test_a_stranger_finds_nothing",
    "test_a_stranger_changes_nothing",
    "test_a_visitor_of_another_community_finds_nothing",
    "test_no_form_is_taken_without_its_key",
    "test_an_archive_brings_no_key_and_no_program",
)
"""Nor is the markup of a page of the house looked at twice, that it comes at all is; nor are statements counted twice.
That the clause of a permission is its check is seen on both, so
that strangers knock at every address on one alone."""
FIRST = (
    "test_scripts.py" if os.environ.get("PORTAL_TEST_DATABASE") != "postgresql" else "test_journey_plain.py"
)
"""Begins with the demo that all browser tests share, so that no other of them waits for it to be built."""

hypothesis_settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
hypothesis_settings.load_profile("untimed")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL the tests that touch no database are not run a second time."""
    without = {item for item in items if _is_of(item.path, WITHOUT_A_DATABASE)}
    if wrong := [item.nodeid for item in without if "database_url" in getattr(item, "fixturenames", ())]:
        raise pytest.UsageError(f"these use a database: {wrong[:5]}")
    if os.environ.get("PORTAL_TEST_DATABASE") == "postgresql":
        without |= {item for item in items if getattr(item, "originalname", "") in SAME_ANSWERS}
        without |= {item for item in items if _is_of(item.path, ONCE)}
        config.hook.pytest_deselected(items=list(without))
        items[:] = [item for item in items if item not in without]
    items.sort(key=lambda item: item.path.name != FIRST)


def pytest_collection_finish() -> None:
    """What was imported and collected stays: the collector need not look at it after every few thousand objects.
    A fifth of the run was spent on that."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _is_of(path: Path, patterns: tuple[str, ...]) -> bool:
    within = path.relative_to(Path(__file__).parent).as_posix()
    return any(fnmatch(within, pattern) for pattern in patterns)


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database of this worker's own, on the server that the run is about."""
    if os.environ.get("PORTAL_TEST_DATABASE") == "postgresql":
        from tests.postgres import postgres_server

        with postgres_server() as url_of:
            yield url_of("portal")
    else:
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'portal.sqlite3'}"


@pytest.fixture(scope="session")
def application(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("instance")
    return create_app({**SETTINGS, "PORTAL_INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": database_url})


@pytest.fixture(autouse=True)
def chinese() -> None:
    """A test that speaks English leaves it behind in its process."""
    speaking.set("zh")


@pytest.fixture(scope="session")
def built(application: Flask) -> World:
    """The world, written once."""
    with application.app_context(), clock.frozen(NOW):
        db.create_all()
        return worlds.build()


@contextmanager
def rolled_back(application: Flask) -> Iterator[None]:
    """The application inside one outer transaction that is rolled back; code under test commits freely."""
    with application.app_context(), clock.frozen(NOW):
        speaking.set("zh")
        engine = db.engine
        with engine.connect() as connection:
            outer = connection.begin()
            db.engines[None] = connection  # type: ignore[index]
            try:
                yield
            finally:
                db.session.remove()
                db.engines[None] = engine  # type: ignore[index]
                outer.rollback()


@pytest.fixture
def app(application: Flask, built: World) -> Iterator[Flask]:
    with rolled_back(application):
        yield application


@pytest.fixture
def world(app: Flask, built: World) -> World:
    return built


Held = list[str]


@pytest.fixture
def held(app: Flask) -> Iterator[Held]:
    """The tables whose rows were held until the end of their transactions, in order."""
    seen: Held = []

    def note(state: sa.orm.ORMExecuteState) -> None:
        if getattr(state.statement, "_for_update_arg", None) is not None:
            seen.extend(mapper.local_table.name for mapper in state.all_mappers)  # type: ignore[attr-defined]

    sa.event.listen(db.session, "do_orm_execute", note)
    yield seen
    sa.event.remove(db.session, "do_orm_execute", note)


class Client(FlaskClient):
    """A test client that signs in by name, carries the CSRF token and asks for fragments when told to."""

    built: World

    def open(self, *args: Any, **options: Any) -> Any:
        """A request in an application context of its own, as a server gives it: nothing of the test's session or
        of the request before is seen by it, and what it wrote is read afresh afterwards."""
        outside = _cv_app.set(None)  # type: ignore[arg-type]
        try:
            return super().open(*args, **options)
        finally:
            _cv_app.reset(outside)
            db.session.expire_all()

    def sign_in(self, name: str | None) -> "Client":
        with self.session_transaction() as session:
            session.clear()
            if name and name != "visitor":
                session[identity.ACCOUNT] = self.built.ids[name]
                session[identity.STAMP] = self.stamp(name)
            elif name == "visitor":
                session[identity.COMMUNITY] = self.built.paths["community"]
        return self

    @staticmethod
    def stamp(name: str) -> str:
        return f"stamp-{list(worlds.PEOPLE).index(name)}"

    def token(self) -> str:
        """A CSRF token of this session, as the page's form would carry it."""
        raw = "0" * 40
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", raw)
        return str(
            URLSafeTimedSerializer(self.application.secret_key or "", salt="wtf-csrf-token").dumps(raw)
        )

    def submit(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> Any:
        """Post a form as the page would, with its token."""
        return self.post(path, data={**(data or {}), "csrf_token": self.token()}, **options)

    def fragment(self, path: str, target: str, **options: Any) -> Any:
        """What htmx asks for when it swaps the element with this id."""
        head = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": f"div#{target}"}
        return self.get(path, headers=head, **options)


@pytest.fixture
def client(app: Flask, built: World) -> Client:
    return client_of(app, built)


def client_of(app: Flask, world: World) -> Client:
    Client.built = world
    app.test_client_class = Client
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Addresses of databases of their own, by name."""
    with addresses(tmp_path_factory.mktemp("races")) as named:
        yield named


class Statements(list[str]):
    """SQL statements that were run, without the bookkeeping of transactions."""

    def note(self, _c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            self.append(statement)


@pytest.fixture
def statements(app: Flask) -> Iterator[Statements]:
    """The statements that a test's requests run: `del statements[:]`, ask, look at the length."""
    seen = Statements()
    sa.event.listen(sa.Engine, "before_cursor_execute", seen.note)
    yield seen
    sa.event.remove(sa.Engine, "before_cursor_execute", seen.note)
