"""Routes: a view cannot be registered without saying who may call it.

A view receives `(actor, subject)`, the subject already found among the rows the actor may see (else 404) and
the permission already checked (else 403 with the reason). The action checks again.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, current_app, g, redirect, url_for
from flask.typing import ResponseReturnValue

from . import access
from .access import Permission
from .actor import Actor
from .columns import LARGEST_ID
from .errors import NotVisible
from .finding import At, visible

View = Callable[..., ResponseReturnValue]
Finder = Callable[..., Any]

PUBLIC = "public"
"""The route is for everybody and has no subject that could be hidden."""

PERMISSIONS: dict[str, str] = {}
"""Endpoint → permission, for the tests of the house."""


class Routes:
    """The routes of one feature."""

    def __init__(self, name: str) -> None:
        self.blueprint = Blueprint(name, __name__)

    def get(
        self, rule: str, *, may: Permission | str, of: type[Any] | Finder | None = None
    ) -> Callable[[View], View]:
        return self._route(rule, "GET", may, of)

    def post(
        self,
        rule: str,
        *,
        may: Permission | str,
        of: type[Any] | Finder | None = None,
        back: str = "",
    ) -> Callable[[View], View]:
        """`back`: the page that a GET of this address leads to, for an address that only takes forms. Where `of` gives
        an address (`At`), the view hands it on to an action, which finds, checks and locks its subject."""
        if back:
            self._lead_back(rule, back)
        return self._route(rule, "POST", may, of)

    def _lead_back(self, rule: str, back: str) -> None:
        """Somebody who reloads or copies the address of a form finds its page, not an error."""

        def lead(**address: Any) -> ResponseReturnValue:
            wanted = next(current_app.url_map.iter_rules(back)).arguments
            return redirect(url_for(back, **{k: v for k, v in address.items() if k in wanted}), 303)

        endpoint = "back" + re.sub(r"<(?:[^:>]*:)?|>", "", rule).replace("/", "_")
        self.blueprint.add_url_rule(rule, endpoint, lead, methods=["GET"])
        PERMISSIONS[f"{self.blueprint.name}.{endpoint}"] = PUBLIC

    def _route(
        self, rule: str, method: str, may: Permission | str, of: type[Any] | Finder | None
    ) -> Callable[[View], View]:
        """`of`: the model whose id is in the address (`<int:topic_id>`), or a finder `(actor, **address)`."""

        def register(view: View) -> View:
            @wraps(view)
            def serve(**address: Any) -> ResponseReturnValue:
                actor: Actor = g.actor
                given = () if of is None else (_subject(actor, of, address),)
                if may != PUBLIC and not (given and isinstance(given[0], At)):
                    access.require(actor, may, *given)
                return view(actor, *given, **address)

            endpoint = view.__name__
            self.blueprint.add_url_rule(rule, f"{endpoint}", serve, methods=[method])
            PERMISSIONS[f"{self.blueprint.name}.{endpoint}"] = str(may)
            return view

        return register


def _subject(actor: Actor, of: type[Any] | Finder, address: dict[str, Any]) -> Any:
    if any(isinstance(v, int) and v > LARGEST_ID for v in address.values()):
        raise NotVisible()
    if isinstance(of, type):
        found = visible(actor, of, address.pop(f"{of.__tablename__}_id"))  # type: ignore[attr-defined]
    else:
        found = of(actor, **address)
        address.clear()
    if found is None:
        raise NotVisible()
    return found
