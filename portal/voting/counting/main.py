"""Counting files again from the command line: one implementation for the portal's command and the single file."""

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, BinaryIO, TextIO

from .expected import differences
from .methods import recount
from .reading import cases
from .unreadable import Unreadable

AS_EXPECTED, NOT_AS_EXPECTED, CANNOT_BE_READ = 0, 1, 2
LONGEST_COMPLAINT = 500
Tell = Callable[[str], None]


class Unheard(Exception):
    """The results cannot be written where they should go."""


ABOUT = "Count portal count files again; one result a line, as JSON."
CODES = (
    "Exit 0 if every result equals what its file expects (or the file expects nothing), 1 if one does not, "
    "2 if a file cannot be read."
)


def recount_files(names: Sequence[str], stdin: BinaryIO, tell: Tell, complain: Tell) -> int:
    """Count every case of the files ("-": `stdin`) and tell the results. The highest exit code of all files."""
    return max((_recount_file(name, stdin, tell, complain) for name in names), default=AS_EXPECTED)


def _recount_file(name: str, stdin: BinaryIO, tell: Tell, complain: Tell) -> int:
    code = AS_EXPECTED
    try:
        with _opened(name, stdin) as file:
            for number, case in enumerate(cases(file), 1):
                result = recount(case)
                unlike = differences(case["method"], result, case.get("expected"))
                tell(_as_line(result))
                if unlike:
                    complain(one_line(f"{name}: case {number} is not as expected: {', '.join(unlike)}"))
                    code = NOT_AS_EXPECTED
    except (BrokenPipeError, Unheard):
        raise
    except Exception as fault:  # a reader of a court's file is told one line, whatever is in it
        complain(one_line(f"{name}: {_reason(fault)}"))
        return CANNOT_BE_READ
    return code


def _opened(name: str, stdin: BinaryIO) -> AbstractContextManager[BinaryIO]:
    return nullcontext(stdin) if name == "-" else open(name, "rb")


def _as_line(result: dict[str, Any]) -> str:
    line = json.dumps(result, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which JSON can write and UTF-8 cannot
        return json.dumps(result)
    return line


def _reason(fault: Exception) -> str:
    if isinstance(fault, Unreadable):
        return str(fault)
    if isinstance(fault, OSError):
        return f"cannot be read: {fault.strerror or fault}"
    if isinstance(fault, RecursionError):
        return "cannot be read: nested too deeply"
    return f"cannot be counted: {type(fault).__name__}: {fault}"


def one_line(said: str) -> str:
    """What any terminal can show in one line."""
    shown = "".join(sign if sign.isprintable() else " " for sign in said)
    shown = " ".join(shown.encode("utf-8", "backslashreplace").decode().split())
    return shown if len(shown) <= LONGEST_COMPLAINT else shown[: LONGEST_COMPLAINT - 1] + "…"


def main(arguments: "Sequence[str] | None" = None) -> int:
    """The program of the single file. Gives the exit code."""
    parser = argparse.ArgumentParser(prog="recount", description=ABOUT, epilog=CODES)
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help='"-": standard input; a JSON list holds many cases'
    )
    names = parser.parse_args(arguments).files
    complain = _writer(bytes_of(sys.stderr))
    try:
        return recount_files(names, bytes_of(sys.stdin), _writer(bytes_of(sys.stdout)), complain)
    except Unheard as fault:
        # What Python still holds back would fail again at the end, and not quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(fault.__cause__, BrokenPipeError):  # else the reader of the results has seen enough
            complain(one_line(f"the results cannot be written: {fault}"))
        return CANNOT_BE_READ


def bytes_of(stream: "TextIO | None") -> BinaryIO:
    """Python gives None for a stream that was closed before it began."""
    return io.BytesIO() if stream is None else stream.buffer


def _writer(stream: BinaryIO) -> Tell:
    """UTF-8 whatever the terminal is set to, like the files."""

    def write(line: str) -> None:
        try:
            stream.write(line.encode() + b"\n")
            stream.flush()
        except OSError as fault:
            raise Unheard(fault.strerror or str(fault)) from fault

    return write
