"""Runs the child that opens the file, and takes its rows as they come."""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

from portal.places.roster.refusal import RosterRefused

HERE = Path(__file__).resolve().parent
START = "import sys; sys.path.append(sys.argv[1]); from roster.child.main import main; main()"
WALL = 30.0  # seconds
LONGEST = 8_000_000  # bytes of one line from the child


def open_apart(how: str, extra: str, data: bytes) -> Generator[Any, None, None]:
    """Yields each JSON value the child writes, up to its end mark.

    Raises RosterRefused when the child says so, dies (whatever of: its parser aborted, memory, processor time),
    or takes longer than WALL."""
    with tempfile.TemporaryFile() as held:
        held.write(data)
        held.seek(0)
        child = subprocess.Popen(
            [sys.executable, "-I", "-c", START, str(HERE.parent), how, extra],
            env={},
            cwd="/",
            stdin=held,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    late = threading.Event()

    def give_up() -> None:
        late.set()
        child.kill()

    watch = threading.Timer(WALL, give_up)
    watch.daemon = True
    watch.start()
    try:
        yield from received(child, late)
    finally:
        watch.cancel()
        child.kill()
        if child.stdout is not None:
            child.stdout.close()
        child.wait()


def received(child: "subprocess.Popen[bytes]", late: threading.Event) -> Iterator[Any]:
    """The lines, until {"end"}; anything else than a clean end is a damaged file."""
    assert child.stdout is not None
    while line := child.stdout.readline(LONGEST):
        try:
            value = json.loads(line)
        except ValueError:
            break
        if isinstance(value, dict):
            if "end" in value:
                return
            if "refused" in value:
                raise RosterRefused(value["refused"], value["row"])
        yield value
    raise RosterRefused("too_slow" if late.is_set() else "damaged")
