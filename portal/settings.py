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
SHORTEST_KEY = 32
"""Characters of a key that signs sessions."""


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
    try:
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as trouble:
        raise ValueError(f"PORTAL_INSTANCE cannot be made: {trouble.strerror}") from None
    database = _database(env.get("DATABASE_URL") or f"sqlite:///{instance / 'portal.sqlite3'}")
    return {
        "INSTANCE": str(instance),
        "FILES": str(instance / "files"),
        "COMPILED": str(instance / "compiled"),  # templates; made again when it is gone
        "SQLALCHEMY_DATABASE_URI": database,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine(database),
        "SECRET_KEY": _key(env.get("SECRET_KEY", "")) or _own_key(instance),
        "SECRET_KEY_FALLBACKS": [_key(key) for key in env.get("SECRET_KEY_FALLBACKS", "").split()],
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
        "PRINT_WAIT": 0,  # seconds a request waits for a paper that is being drawn; None: it draws it itself
        "PUBLIC_ADDRESS": _address(env),
        "COMMUNITY_PHONE": env.get("COMMUNITY_PHONE", ""),
        "COMMUNITY_COUNTER": env.get("COMMUNITY_COUNTER", ""),
        "COMMUNITY_COUNTER_EN": env.get("COMMUNITY_COUNTER_EN", ""),
        "DEMO": _truth(env, "PORTAL_DEMO", False),
        **given,
    }


def _database(url: str) -> str:
    """Hosting platforms write postgres://; SQLAlchemy wants the driver's name."""
    try:
        kind = make_url(url).get_backend_name()
    except ArgumentError:
        raise ValueError("DATABASE_URL is no address of a database") from None
    if kind not in ("sqlite", "postgresql", "postgres"):
        raise ValueError(f"DATABASE_URL must be SQLite or PostgreSQL, not {kind}")
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _engine(url: str) -> dict[str, Any]:
    return {} if url.startswith("sqlite") else {"pool_size": 10}


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


def _key(key: str) -> str:
    if key and len(key) < SHORTEST_KEY:
        raise ValueError(f"SECRET_KEY needs at least {SHORTEST_KEY} characters")
    return key


def _address(env: Mapping[str, str]) -> str:
    """Printed on cards and notices, so it must be whole."""
    address = env.get("PUBLIC_ADDRESS", "").rstrip("/")
    if address and not address.startswith(("http://", "https://")):
        raise ValueError("PUBLIC_ADDRESS must begin with http:// or https://")
    return address


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
