"""WSGI servers under measurement: each serves an application on a free port of the loopback."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from .load import HOST

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
THREADS = 4
START_SECONDS = 90.0

_GRANIAN = ["granian", "--interface", "wsgi", "--host", HOST, "--port", "{port}", "--workers", "{workers}",
            "--respawn-failed-workers",
            "--log-level", "warning", "{app}", "--blocking-threads"]  # fmt: skip
_GUNICORN = [
    "gunicorn",
    "--workers",
    "{workers}",
    "--bind",
    HOST + ":{port}",
    "--log-level",
    "warning",
    "{app}",
]
COMMANDS = {
    "granian": [*_GRANIAN, "1"],
    "granian-threads": [*_GRANIAN, "{threads}"],
    "gunicorn": _GUNICORN,
    "gthread": [*_GUNICORN, "--worker-class", "gthread", "--threads", "{threads}"],
}


@dataclass(frozen=True)
class Running:
    port: int
    pid: int


@contextmanager
def serving(kind: str, app: str, environment: Mapping[str, str]) -> Iterator[Running]:
    """Serve `app` ("module:name") with the server `kind` (a key of COMMANDS) until the block ends.

    Raises RuntimeError, with what the server printed, if it does not come up.
    """
    port = _free_port()
    words = [part.format(port=port, workers=WORKERS, threads=THREADS, app=app) for part in COMMANDS[kind]]
    words[0] = str(Path(sys.executable).parent / words[0])
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            words,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            if not _answers(process, port):
                output.seek(0)
                raise RuntimeError(f"{kind} did not start:\n{output.read()}")
            yield Running(port, process.pid)
        finally:
            _stop(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _answers(process: "subprocess.Popen[bytes]", port: int) -> bool:
    """Whether it answers a request in time: a listening socket alone may have no worker behind it yet."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection((HOST, port), timeout=10) as probe:
                probe.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                if probe.recv(64):
                    return True
        except OSError:
            time.sleep(0.05)
    return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End the server and its workers: they are a group of their own, so none outlives a master that had to be
    killed."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
