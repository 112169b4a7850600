"""Blocks that upper features add to pages of lower ones; a page only says `{{ panels(topic, "aside") }}`.

A panel's data can ride along in the page's own query: `column` gives a nested column for the subject's row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from .actor import Actor

READER: Any = sa.bindparam("reader", type_=sa.Integer)
"""The account that reads, none for a visitor; the first page gives it to the columns of its panels."""
Data = Callable[[Actor, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """`data(actor, subject row)` → values for the template, or None to show nothing."""

    name: str
    subject: str
    slot: str
    template: str
    data: Data
    column: Callable[[Any], Any] | None = None
    """Model → nested column, labelled `panel_<name>` on the row that `data` receives."""


PANELS: dict[str, list[Panel]] = {}


def add(panel: Panel) -> None:
    known = PANELS.setdefault(panel.subject, [])
    if all(p.name != panel.name for p in known):
        known.append(panel)


def columns(model: Any) -> list[Any]:
    """The columns that panels want on the query of the page that shows one `model`."""
    return [p.column(model).label(f"panel_{p.name}") for p in PANELS.get(model.__tablename__, []) if p.column]


def chosen(actor: Actor, kind: str, subject: Any, slot: str) -> list[tuple[str, dict[str, Any]]]:
    """(template, values) of the panels that have something to show in a slot of a page."""
    shown = []
    for panel in PANELS.get(kind, []):
        values = panel.data(actor, subject) if panel.slot == slot else None
        if values is not None:
            shown.append((panel.template, {**values, "actor": actor, "subject": subject}))
    return shown
