"""The features, from the ground up. A feature is a package; its rooms are found by their names."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from flask import Flask

from .core import access, eventlog, files, limits  # noqa: F401  (their tables)

FLOORS = (
    "places",
    "accounts",
    "discussion",
    "councils",
    "plans",
    "voting",
    "surveys",
    "volunteering",
    "awards",
    "assembly",
    "meetings",
    "minutes",
    "decisions",
    "projects",
    "points",
    "partners",
    "notifications",
    "audit",
    "home",
    "demo",
)
ROOMS = (
    "models",
    "events",
    "lifecycle",
    "policy",
    "reactions",
    "panels",
    "phases",
    "waiting",
    "diary",
    "named",
    "identity",
)
"""Modules that work by being imported: tables, events, rules and what is registered with the ground."""


def install(app: Flask) -> None:
    """Bring in every feature: its rooms, then its rules, routes and commands."""
    for floor in FLOORS:
        rooms = {room: _room(floor, room) for room in (*ROOMS, "leaves", "views", "commands")}
        policy = rooms["policy"]
        if policy:
            access.install(policy.POLICY, policy.Can)
        if rooms["leaves"]:
            app.jinja_env.filters.update(rooms["leaves"].FILTERS)
        for room in ("identity", "views", "commands"):
            module = rooms[room]
            if module is None:
                continue
            if hasattr(module, "init_app"):
                module.init_app(app)
            routes = getattr(module, "routes", ())
            for some in routes if isinstance(routes, tuple) else (routes,):
                app.register_blueprint(some.blueprint)


def _room(floor: str, room: str) -> ModuleType | None:
    """The module, or None where the feature has no such room."""
    name = f"{__package__}.{floor}"
    if find_spec(name) is None or find_spec(f"{name}.{room}") is None:
        return None
    return import_module(f"{name}.{room}")
