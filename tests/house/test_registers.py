"""What features register with the ground: permissions, events, lifecycles, waiting."""

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from string import Formatter
from typing import Any, get_args, get_type_hints

import pytest
from flask import Flask

from portal.core import access, waiting
from portal.core.access import Permission
from portal.core.eventlog import EVENTS, Event
from portal.core.leaves import leaves
from portal.core.lifecycle import LIFECYCLES
from portal.core.routing import PERMISSIONS
from portal.core.text import words

ROOT = Path(__file__).resolve().parents[2]
ICONS = set(re.findall(r'<symbol id="i-([\w-]+)"', (ROOT / "static/icons.svg").read_text()))


def of_the_portal(kind: type[Any]) -> Iterator[type[Any]]:
    """Subclasses at any depth that the portal itself declares."""
    for below in kind.__subclasses__():
        if below.__module__.startswith("portal."):
            yield below
        yield from of_the_portal(below)


@pytest.fixture(autouse=True)
def installed(application: Flask) -> None:
    """The features are brought in by the application."""


def test_every_permission_has_a_rule_and_a_name_of_its_kind() -> None:
    every = [word for kind in of_the_portal(Permission) for word in kind]
    assert every
    assert {word.value for word in every} - set(access.RULES) == set()
    assert [w.value for w in every if not re.fullmatch(r"[a-z_]+:[a-z_]+", w.value)] == []


def test_who_sees_a_model_is_a_permission_with_a_rule() -> None:
    assert {permission.value for permission in access.SEES.values()} - set(access.RULES) == set()


def test_every_model_that_is_seen_hangs_on_a_place() -> None:
    assert [model.__name__ for model in access.SEES if not hasattr(model, "place_path")] == []


def test_every_event_is_declared() -> None:
    forgotten = [kind.__name__ for kind in of_the_portal(Event) if EVENTS.get(kind.name) is not kind]
    assert forgotten == []


def test_every_event_has_an_icon() -> None:
    assert ICONS
    assert {name: kind.icon for name, kind in EVENTS.items() if kind.icon not in ICONS} == {}


def test_every_event_is_named_in_the_past_and_frozen() -> None:
    assert [n for n in EVENTS if not re.fullmatch(r"[a-z_]+\.[a-z_]+", n)] == []
    assert [n for n, kind in EVENTS.items() if not kind.__dataclass_params__.frozen] == []  # type: ignore[attr-defined]


def test_every_sentence_uses_fields_and_leaves_that_exist() -> None:
    known = set(leaves("zh", words("zh").gettext))
    wrong = []
    for name, kind in EVENTS.items():
        own = {part.name for part in fields(kind)} | {"who"}
        for _, field, leaf, _ in Formatter().parse(kind.sentence):
            if (field is not None and field not in own) or (leaf and leaf not in known):
                wrong.append(f"{name}: {{{field}:{leaf}}}")
        if not kind.sentence.strip():
            wrong.append(f"{name} has no sentence")
    assert wrong == []


def test_fields_of_events_are_plain() -> None:
    for name, kind in EVENTS.items():
        hints = get_type_hints(kind)
        for part in fields(kind):
            for hint in get_args(hints[part.name]) or (hints[part.name],):
                if hint in (Ellipsis, type(None)):
                    continue
                assert hint in (int, bool, date) or issubclass(hint, StrEnum), f"{name}.{part.name}"


def test_moves_go_from_state_to_state_and_ask_a_permission_that_exists() -> None:
    for table in LIFECYCLES.values():
        for move in table.moves.values():
            where = f"{table.model.__name__} {move.event.name}"
            assert move.sources, where
            assert {move.target, *move.sources} <= set(table.states), where
            assert move.may.value in access.RULES, where
            assert EVENTS[move.event.name] is move.event, where


def test_every_state_can_be_reached() -> None:
    """From the state a thing begins in: its column's default, else the first word of the enum."""
    for model, table in LIFECYCLES.items():
        default = model.__table__.c.state.default
        reached = {default.arg if default is not None else next(iter(table.states))}
        for _ in table.moves:
            reached |= {m.target for m in table.moves.values() if reached & set(m.sources)}
        assert set(table.states) - reached == set(), model.__name__


def test_no_state_column_without_a_lifecycle() -> None:
    from portal.core.db import Base

    models = {mapper.class_ for mapper in Base.registry.mappers if "state" in mapper.columns}
    assert {m.__name__ for m in models - set(LIFECYCLES)} == set()


def test_what_waits_leads_to_a_page() -> None:
    assert {name for name, kind in waiting.KINDS.items() if kind.endpoint not in PERMISSIONS} == set()
    assert {name for name, kind in waiting.KINDS.items() if kind.icon not in ICONS} == set()
