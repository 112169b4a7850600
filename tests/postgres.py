"""A throw-away PostgreSQL server for tests and measurements.

    with postgres_server() as url_of:
        url = url_of("w1")                      # an empty database
        url = url_of("w2", template="model")    # a copy of a database made before

The cluster lives in a temporary folder, listens on a Unix socket there (no port to collide) and is removed
at the end. PostgreSQL refuses to run as root, so root starts it as the user `postgres`.
`python -m tests.postgres` exits 0 where a server is installed and 1 where none is.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
"""For tests: nothing survives a power cut, and nothing needs to."""
OWNER = "portal"


class PostgresMissing(RuntimeError):
    """No PostgreSQL server program on this machine."""


@dataclass(frozen=True)
class Server:
    """A running cluster. Call it with a name to get the address of a new database of that name."""

    folder: Path
    pid: int
    """Of the postmaster; all backends are its children."""

    def __call__(self, name: str, template: str | None = None) -> str:
        """Create the database `name`, as a copy of `template` if one is named (nobody may be connected to
        that), and return its address for DATABASE_URL."""
        with self._admin() as connection:
            statement = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
            if template:
                statement += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
            connection.execute(statement)
        return self.address(name)

    def address(self, name: str) -> str:
        return f"postgresql+psycopg://{OWNER}@/{name}?host={self.folder}"

    def _admin(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(f"host={self.folder} user={OWNER} dbname=postgres", autocommit=True)


def find_binaries() -> Path | None:
    """The folder of initdb and pg_ctl: on PATH, where pg_config says, or in Debian's folders (newest)."""
    found = shutil.which("pg_ctl")
    candidates = [Path(found).resolve().parent] if found else []
    if shutil.which("pg_config"):
        said = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        candidates.append(Path(said.stdout.strip()))
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(debian, key=lambda path: int(path.parent.name), reverse=True)
    return next((path for path in candidates if (path / "initdb").exists()), None)


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[Server]:
    """Start a server of its own and stop it afterwards. `durable` keeps fsync on, for measurements.

    Raises PostgresMissing where none is installed.
    """
    binaries = find_binaries()
    if binaries is None:
        raise PostgresMissing("no initdb found; on Debian: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        _give_to_owner(folder)
        yield from _running(binaries, folder, "" if durable else FAST)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _running(binaries: Path, folder: Path, settings: str) -> Iterator[Server]:
    data = folder / "data"
    _run(binaries / "initdb", "--no-sync", "--auth=trust", f"--username={OWNER}", "--encoding=UTF8",
         "--locale=C.UTF-8", "-D", data)  # fmt: skip
    options = f"-k {folder} -c listen_addresses='' -c max_connections=100 {settings}"
    _run(binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield Server(folder, int((data / "postmaster.pid").read_text().split()[0]))
    finally:
        _run(binaries / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def _give_to_owner(folder: Path) -> None:
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    folder.chmod(0o755)


def _run(*command: object) -> None:
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    words = prefix + [str(part) for part in command]
    # Output goes to a file: a server that inherits a pipe would keep it open, and we would wait for ever.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            words, stdout=output, stderr=output, stdin=subprocess.DEVNULL, cwd="/", check=False
        )
        output.seek(0)
        if done.returncode:
            raise RuntimeError(f"{words} failed:\n{output.read()}")


if __name__ == "__main__":
    sys.exit(0 if find_binaries() else 1)
