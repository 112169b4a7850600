"""Pages: the only module that knows htmx. A block, its element's id and an `hx-target` share one name.

A normal or history request gets the whole page; an htmx request gets only the block that its target names. A block
that is called `…_form` is where a form comes back that was not taken: once it was, the whole page comes, since nobody
can tell what else on it the write has changed.
"""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

import jinja2
from flask import Response, current_app, g, get_flashed_messages, redirect, request, url_for
from flask_wtf.csrf import generate_csrf
from jinja2.runtime import Macro
from markupsafe import Markup
from werkzeug.exceptions import BadRequest
from werkzeug.routing import Map
from werkzeug.urls import iri_to_uri

from . import access, clock, panels
from .drawing import environment
from .leaves_text import masked
from .text import speaking

Reply = tuple[str, int, dict[str, str]]


FORM = "_form"
HEAD = {"Vary": "HX-Request, Cookie", "Cache-Control": "private, no-store"}
"""Every page: a fragment must not come back from the browser's cache as a page, nor one person's page to another."""


def wants_fragment() -> bool:
    """Whether htmx swaps the reply into a part of the page (not: normal, history or boosted requests)."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Request-Type") != "full"


def wanted_block() -> str | None:
    """The block that an htmx request wants, None when it wants a page (normal, history, boosted).

    Raises BadRequest if the target has no id: a whole page would land inside a small element.
    """
    if not wants_fragment():
        return None
    block = unquote(request.headers.get("HX-Target", "").partition("#")[2])
    if not block:
        raise BadRequest("an hx-target needs an id")
    return block


def page(template: str, status: int = 200, block: str | None = None, row: Any = None, **values: Any) -> Reply:
    """Render a page or the part of it that was asked for.

    `block`: what an htmx request gets whatever it asked for when `status` is an error (a form that came back).
    `row`: the subject of a macro of the page named before the dash of the target (`case_row-12`).
    """
    head = dict(HEAD)
    asked = wanted_block()
    if not asked:
        return _template(template).render(_values(values)), status, head
    context = _context(template, values)
    name = block if block and status >= 400 else asked
    if name in context.blocks and not (status < 400 and name.endswith(FORM)):
        if name != asked:
            head |= {"HX-Retarget": f"#{name}", "HX-Reswap": "outerHTML"}
        return "".join(context.blocks[name][0](context)) + _flash(context), status, head
    macro = context.vars.get(asked.partition("-")[0]) if row is not None else None
    if isinstance(macro, Macro):
        return macro(row) + _flash(context), status, head
    head |= {"HX-Retarget": "body", "HX-Reswap": "outerHTML", "HX-Push-Url": "false"}
    if request.method == "GET":
        head["HX-Push-Url"] = iri_to_uri(request.full_path.rstrip("?"))
    return _template(template).render(_values(values)), status, head


def bare(template: str, **values: Any) -> str:
    """A template by itself, asking no actor, session or database: for pages that must always come."""
    return _template(template).render(values)


def go(endpoint: str, *, anchor: str | None = None, **arguments: Any) -> Response:
    """After a write: 303 to a page of this portal, which answers with the block that was asked for, or as a whole if
    that was a form."""
    path = None if anchor else _path(current_app.url_map, endpoint, frozenset(arguments))
    if path is None or not all(type(v) is int for v in arguments.values()):
        address = url_for(endpoint, _anchor=anchor, **arguments)
    else:
        address = request.script_root + path.format(**arguments)
    return Response(status=303, headers={"Location": address})


@lru_cache(1024)
def _path(routes: Map, endpoint: str, names: frozenset[str]) -> str | None:
    """The address of an endpoint with a place for each of its numbers; None if it is not as simple as that."""
    rules = list(routes.iter_rules(endpoint))
    path = re.sub(r"<int:(\w+)>", r"{\1}", rules[0].rule)
    return path if len(rules) == 1 and rules[0].arguments == names and "<" not in path else None


def leave(address: str) -> Response:
    """Like `go`, when <html> itself changes (sign-in, language): htmx loads the page anew."""
    if request.headers.get("HX-Request") == "true":
        return Response("", 200, {"HX-Redirect": iri_to_uri(address)})
    return redirect(address, 303)  # type: ignore[return-value]


def anew() -> Response:
    """For a page that asks again and again: it is loaded as a whole, as what is outside its live part changed."""
    return Response(status=204, headers={"HX-Refresh": "true"})


def own_address(address: str | None, otherwise: str = "/") -> str:
    """`address` if it is a path of this portal, else `otherwise`: redirects never lead outside."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return otherwise
    parts = urlsplit(address)
    clean = not parts.scheme and not parts.netloc and "\\" not in address and address.isprintable()
    return address if clean else otherwise


def current_page() -> str:
    """The address the reader is looking at: for a fragment request the page around the fragment."""
    shown = request.headers.get("HX-Current-URL")
    if not shown:
        return own_address(request.full_path.rstrip("?"))
    try:
        parts = urlsplit(shown)
    except ValueError:  # no browser is at such an address
        return own_address(None)
    return own_address(parts.path + ("?" + parts.query if parts.query else ""))


def filters(lang: str) -> dict[str, Any]:
    """The leaves of a language, for texts that are made outside a template."""
    return environment(lang, current_app._get_current_object()).filters  # type: ignore[attr-defined]


def _template(name: str) -> jinja2.Template:
    own = environment(speaking.get(), current_app._get_current_object())  # type: ignore[attr-defined]
    return own.get_template(name)


def _values(values: dict[str, Any]) -> dict[str, Any]:
    actor = g.actor
    given: dict[str, Any] = {
        "actor": actor,
        "now": clock.local(actor.now),
        "nav": "",
        "csrf_token": generate_csrf,
        "shown": (lambda name: name) if actor.id else masked,
        "can": lambda permission, thing=None: bool(access.may(actor, permission, thing)),
        "panels": _panels,
    }
    current_app.update_template_context(given)
    return given | values


def _panels(subject: Any, slot: str, kind: str) -> Markup:
    """The panels of a slot; `kind` is the subject's table name, since the subject may be a row of columns."""
    chosen = panels.chosen(g.actor, kind, subject, slot)
    return Markup("").join(Markup(_template(t).render(_values(v))) for t, v in chosen)


def _context(template: str, values: dict[str, Any]) -> jinja2.runtime.Context:
    """The page's context with its imports, sets and chain of blocks: the root is run up to its first output
    (top-level sets and imports of a page stand before it).

    A private but old interface of Jinja, guarded by a test.
    """
    found = _template(template)
    context = found.new_context(_values(values))
    root = found.root_render_func(context)
    next(root, None)
    root.close()  # type: ignore[attr-defined]
    return context


def _flash(context: jinja2.runtime.Context) -> str:
    """The messages of this request, sent along with a fragment."""
    if "flash" not in context.blocks or not get_flashed_messages(with_categories=True):
        return ""
    html = "".join(context.blocks["flash"][0](context))
    return html.replace('id="flash"', 'id="flash" hx-swap-oob="true"', 1)
