"""The features, from the ground up. A feature is a package; its rooms are found by their names."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from flask import Blueprint, Flask

from .core import access, eventlog, files, limits  # noqa: F401  (their tables)

FLOORS = (
    "places",
    "accounts",
    "discussion",
    "councils",
    "voting",
    "decisions",
    "projects",
    "notifications",
    "audit",
    "home",
    "demo",
)
ROOMS = ("models", "events", "lifecycle", "policy", "reactions", "panels", "waiting", "identity")
"""Modules that work by being imported: tables, events, rules and what is registered with the ground."""


def install(app: Flask) -> None:
    """Bring in every feature: its rooms, then its rules, routes and commands."""
    for floor in FLOORS:
        rooms = {room: _room(floor, room) for room in (*ROOMS, "views", "commands")}
        policy = rooms["policy"]
        if policy:
            access.install(policy.POLICY, policy.Can)
        for room in ("identity", "views", "commands"):
            module = rooms[room]
            if module is None:
                continue
            if hasattr(module, "init_app"):
                module.init_app(app)
            routes = getattr(module, "routes", None)
            if routes is not None:
                app.register_blueprint(routes.blueprint if not isinstance(routes, Blueprint) else routes)


def _room(floor: str, room: str) -> ModuleType | None:
    """The module, or None where the feature has no such room."""
    name = f"{__package__}.{floor}"
    if find_spec(name) is None or find_spec(f"{name}.{room}") is None:
        return None
    return import_module(f"{name}.{room}")
