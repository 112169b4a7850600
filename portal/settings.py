"""Settings: environment variables resolved once into typed values; an unknown or unusable one is named."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).parents[1]


def resolve(
    given: Mapping[str, Any] | None = None, environ: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Flask's configuration. `given` (tests, scripts) wins over the environment.

    Raises ValueError naming the variable that cannot be used.
    """
    env = os.environ if environ is None else environ
    given = dict(given or {})
    instance = Path(
        given.pop("PORTAL_INSTANCE", None) or env.get("PORTAL_INSTANCE") or ROOT / "instance"
    ).absolute()
    instance.mkdir(parents=True, exist_ok=True)
    database = _database(env.get("DATABASE_URL") or f"sqlite:///{instance / 'portal.sqlite3'}")
    return {
        "INSTANCE": str(instance),
        "FILES": str(instance / "files"),
        "SQLALCHEMY_DATABASE_URI": database,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine(database),
        "SECRET_KEY": env.get("SECRET_KEY") or _own_key(instance),
        "TRUSTED_PROXIES": _number(env, "TRUSTED_PROXIES", 0),
        "SESSION_COOKIE_SECURE": _truth(env, "SECURE_COOKIES", False),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "portal",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": 30 * 24 * 3600,
        "SEND_FILE_MAX_AGE_DEFAULT": 24 * 3600,
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": 64 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "PASSWORD_COST": _number(env, "PASSWORD_COST", 2),
        "PUBLIC_ADDRESS": env.get("PUBLIC_ADDRESS", ""),
        "COMMUNITY_PHONE": env.get("COMMUNITY_PHONE", ""),
        "COMMUNITY_COUNTER": env.get("COMMUNITY_COUNTER", ""),
        "DEMO": _truth(env, "PORTAL_DEMO", False),
        **given,
    }


def _database(url: str) -> str:
    """Hosting platforms write postgres://; SQLAlchemy wants the driver's name."""
    try:
        make_url(url)
    except ArgumentError:
        raise ValueError("DATABASE_URL is no address of a database") from None
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _engine(url: str) -> dict[str, Any]:
    return {} if url.startswith("sqlite") else {"pool_pre_ping": True, "pool_size": 10}


def _own_key(instance: Path) -> str:
    """A key of this installation's own, made once and readable by its user alone."""
    path = instance / "secret_key"
    if not path.exists():
        part = instance / f"secret_key.{secrets.token_hex(8)}"
        part.touch(mode=0o600)
        part.write_text(secrets.token_hex(32))
        with suppress(FileExistsError):  # another process was first: its key holds
            path.hardlink_to(part)
        part.unlink()
    return path.read_text().strip()


def _number(env: Mapping[str, str], name: str, otherwise: int) -> int:
    text = env.get(name, "")
    if text and not (text.isascii() and text.isdigit()):
        raise ValueError(f"{name} must be a whole number")
    return int(text) if text else otherwise


def _truth(env: Mapping[str, str], name: str, otherwise: bool) -> bool:
    text = env.get(name, "").lower()
    if text not in ("", "0", "1", "true", "false", "yes", "no"):
        raise ValueError(f"{name} must be yes or no")
    return text in ("1", "true", "yes") if text else otherwise
