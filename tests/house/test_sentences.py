"""Every event can be said in both languages, whatever of its fields is there."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from flask import Flask

from portal.core.eventlog import EVENTS, Event, _payload
from portal.core.pages import filters
from portal.core.sentences import sentence


def values(hint: Any) -> Iterator[Any]:
    """Values of a field's type that may be said differently."""
    if get_origin(hint) in (Union, UnionType):
        for one in get_args(hint):
            yield from values(one)
    elif get_origin(hint) is tuple:
        yield ()
        yield tuple(next(values(one)) for one in get_args(hint) if one is not Ellipsis)
    elif hint is NoneType:
        yield None
    elif issubclass(hint, StrEnum):
        yield from hint
    else:
        yield from {bool: (True, False), date: (date(2026, 6, 16),), int: (0, 1, 12)}[hint]


def samples(kind: type[Event]) -> Iterator[Event]:
    """Events of a kind: all fields at their first value, then each field at each of its values in turn."""
    hints = get_type_hints(kind)
    choices = {part.name: list(values(hints[part.name])) for part in fields(kind)}
    first = {name: given[0] for name, given in choices.items()}
    yield kind(**first)
    for name, given in choices.items():
        for value in given[1:]:
            yield kind(**{**first, name: value})


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_event_can_be_said(lang: str, application: Flask) -> None:
    wrong = []
    with application.test_request_context():
        leaves = filters(lang)
        for name, kind in EVENTS.items():
            for sample in samples(kind):
                said = sentence(name, dict(_payload(sample)), "王秀兰", lang, leaves)
                if not said.strip() or "{" in said or "None" in said:
                    wrong.append(f"{sample}: {said}")
    assert EVENTS
    assert wrong == []


COUNTED_FROM_ONE = {"version", "percent"}


def test_large_numbers_are_said_in_groups(application: Flask) -> None:
    wrong = []
    with application.test_request_context():
        leaves = filters("zh")
        for name, kind in EVENTS.items():
            numbers = {n for n, hint in get_type_hints(kind).items() if hint is int} - COUNTED_FROM_ONE
            said = sentence(
                name,
                dict(_payload(next(samples(kind)))) | dict.fromkeys(numbers, 1656),
                "王秀兰",
                "zh",
                leaves,
            )
            if "1656" in said:
                wrong.append(f"{name}: {said}")
    assert wrong == []


def test_english_is_english(application: Flask) -> None:
    """A sentence without its translation would be Chinese in the English timeline."""
    with application.test_request_context():
        leaves = filters("en")
        said = {
            n: sentence(n, dict(_payload(next(samples(k)))), "Li", "en", leaves) for n, k in EVENTS.items()
        }
    assert {n: s for n, s in said.items() if any("一" <= c <= "鿿" for c in s)} == {}
