"""Reading cases from a file without holding every ballot: equal ballots become one with their number.

What tells equal ballots apart and is no vote, the `receipt`, is left out. A ballot that names its `owner` stays as
it is and in its place, because of two ballots of one owner the order decides which counts.
"""

import sys
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from .case import check_ballot, papers_of
from .json_stream import JsonStream
from .unreadable import Unreadable


def cases(file: BinaryIO) -> Iterator[Any]:
    """The case of a file, or all of a JSON list, one at a time. UTF-8, with a byte order mark or without.

    Raises Unreadable and OSError, when the case is reached.
    """
    stream = JsonStream(file)
    if stream.peek() == "[":
        for _ in stream.items():
            yield _case(stream)
    else:
        yield _case(stream)
    stream.end()


def _case(stream: JsonStream) -> Any:
    """Whether it is a case is for `recount` to say; only the ballots of an object are looked at here."""
    if stream.peek() != "{":
        return stream.value()
    case: dict[str, Any] = {}
    for key in stream.members():
        if key in case:
            raise Unreadable(f"{key}: is there twice")
        streamed = key == "ballots" and stream.peek() == "["
        case[key] = merged(stream.elements()) if streamed else stream.value()
    return case


def merged(ballots: Iterable[Any]) -> list[dict[str, Any]]:
    """The distinct ballots with their `count`, in the order of their first appearance. Raises Unreadable."""
    distinct: dict[str, dict[str, Any]] = {}
    in_order: list[dict[str, Any]] = []
    for number, ballot in enumerate(ballots, 1):
        papers = papers_of(ballot, number)
        if "receipt" in ballot:
            del ballot["receipt"]
        if "owner" in ballot:
            check_ballot(ballot, number)
            in_order.append(ballot)
            continue
        if "count" in ballot:
            del ballot["count"]
        marks = repr(ballot)
        same = distinct.get(marks)
        if same is None:
            check_ballot(ballot, number)
            same = distinct[marks] = {key: _shared(value) for key, value in ballot.items()}
            same["count"] = 0
            in_order.append(same)
        same["count"] += papers
    return in_order


def _shared(value: Any) -> Any:
    """One text for all ballots that hold it, to save memory."""
    if isinstance(value, str):
        return sys.intern(value)
    if isinstance(value, list):
        return [_shared(item) for item in value]
    if isinstance(value, dict):
        return {sys.intern(key): _shared(item) for key, item in value.items()}
    return value
