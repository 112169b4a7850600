"""Settings: typed once, and whatever cannot be used is named."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.cli import FlaskGroup

from portal import create_app, settings

Resolve = Callable[..., dict[str, Any]]


@pytest.fixture
def resolve(tmp_path: Path) -> Resolve:
    def given(*, overriding: dict[str, Any] | None = None, **environ: str) -> dict[str, Any]:
        return settings.resolve(overriding, {"PORTAL_INSTANCE": str(tmp_path / "i"), **environ})

    return given


def test_everything_has_a_value_out_of_the_box(resolve: Resolve, tmp_path: Path) -> None:
    found = resolve()
    assert found["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path / 'i' / 'portal.sqlite3'}"
    assert found["FILES"] == str(tmp_path / "i" / "files")
    assert found["SESSION_COOKIE_SECURE"] is False
    assert found["WTF_CSRF_TIME_LIMIT"] is None
    assert found["SESSION_REFRESH_EACH_REQUEST"] is False


@pytest.mark.parametrize("name", ["TRUSTED_PROXIES", "PASSWORD_COST"])
@pytest.mark.parametrize("text", ["two", "-1", "1.5", "²", "٣"])
def test_a_number_that_is_none_is_named(name: str, text: str, resolve: Resolve) -> None:
    with pytest.raises(ValueError, match=name):
        resolve(**{name: text})


@pytest.mark.parametrize("name", ["SECURE_COOKIES", "PORTAL_DEMO"])
def test_a_truth_that_is_none_is_named(name: str, resolve: Resolve) -> None:
    with pytest.raises(ValueError, match=name):
        resolve(**{name: "perhaps"})


@pytest.mark.parametrize(
    ("text", "truth"), [("1", True), ("Yes", True), ("true", True), ("0", False), ("", False)]
)
def test_truths(text: str, truth: bool, resolve: Resolve) -> None:
    assert resolve(SECURE_COOKIES=text)["SESSION_COOKIE_SECURE"] is truth


@pytest.mark.parametrize("url", ["nonsense", "://secret", "postgresql//secret"])
def test_a_database_address_that_is_none_is_named_without_its_secret(url: str, resolve: Resolve) -> None:
    with pytest.raises(ValueError, match="DATABASE_URL") as refusal:
        resolve(DATABASE_URL=url)
    assert url not in str(refusal.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_driver_of_postgresql(scheme: str, resolve: Resolve) -> None:
    found = resolve(DATABASE_URL=f"{scheme}://portal:secret@db/portal")
    assert found["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://portal:secret@db/portal"
    assert found["SQLALCHEMY_ENGINE_OPTIONS"]["pool_size"] == 10


def test_the_key_is_made_once_and_for_its_user_alone(resolve: Resolve, tmp_path: Path) -> None:
    first, second = resolve()["SECRET_KEY"], resolve()["SECRET_KEY"]
    assert first == second
    assert len(first) == 64
    assert stat.S_IMODE((tmp_path / "i" / "secret_key").stat().st_mode) == 0o600
    assert [p.name for p in (tmp_path / "i").iterdir()] == ["secret_key"]


def test_a_given_key_wins_and_none_is_made(resolve: Resolve, tmp_path: Path) -> None:
    given = "given" * 8
    assert resolve(SECRET_KEY=given)["SECRET_KEY"] == given
    assert not (tmp_path / "i" / "secret_key").exists()


def test_what_is_given_wins_over_the_environment(resolve: Resolve) -> None:
    assert resolve(overriding={"PASSWORD_COST": 1}, PASSWORD_COST="3")["PASSWORD_COST"] == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_ADDRESS", "yst.example.cn"),
        ("SECRET_KEY", "short"),
        ("DATABASE_URL", "mysql://x"),
        ("PORTAL_INSTANCE", "/dev/null/data"),
    ],
)
def test_a_value_that_cannot_work_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        settings.resolve(environ={"PORTAL_INSTANCE": str(tmp_path), name: value})


@pytest.mark.parametrize(
    ("name", "value"), [("TRUSTED_PROXIES", "abc"), ("SECRET_KEY", "short"), ("PORTAL_DEMO", "maybe")]
)
def test_a_command_says_in_one_line_which_setting_is_wrong(name: str, value: str, tmp_path: Path) -> None:
    command = FlaskGroup(create_app=create_app, load_dotenv=False)
    env = {"PORTAL_INSTANCE": str(tmp_path / "i"), name: value}
    done = CliRunner().invoke(command, ["audit", "verify"], env=env)
    assert done.exit_code == 1
    assert done.output.startswith(f"Error: {name} ")
    assert len(done.output.splitlines()) == 1
