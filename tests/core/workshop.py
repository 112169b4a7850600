"""Pages of the tests' own: every path through routing, pages and failures, on an application of their own."""

from pathlib import Path
from typing import Any

import jinja2
from flask import Flask, abort, flash, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from portal import create_app
from portal.core import panels
from portal.core.actor import Actor
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible, TooMany, Unmet
from portal.core.pages import current_page, go, leave, page
from portal.core.routing import PERMISSIONS, PUBLIC, Routes
from tests.core.things import Can, Thing, rename

TEMPLATES = {
    "workshop/base.html": """{% set mark = "底" %}<!doctype html><title>{% block title %}{% endblock %}</title>
{% block flash %}<div id="flash">{% for said in get_flashed_messages() %}{{ said }}{% endfor %}</div>{% endblock %}
<div id="alerts"></div>{% block main %}{% endblock %}
{% block foot %}<footer id="foot">{{ mark }}</footer>{% endblock %}""",
    "workshop/macros.html": "{% macro button(text) %}<button>{{ text }}</button>{% endmacro %}",
    "workshop/show.html": """{% extends "workshop/base.html" %}{% from "workshop/macros.html" import button %}
{% set greeting = "您好" %}{% macro thing_row(t) %}<li id="thing_row-{{ t.id }}">{{ t.title }}</li>{% endmacro %}
{% block main %}<h1>{{ thing.title }}</h1>{{ panels(thing, "aside", "thing") }}<ul>{{ thing_row(thing) }}</ul>
{% block part %}<p id="part">{{ button(greeting) }}{{ actor.name }}</p>{% endblock %}
{% block thing_form %}<form id="thing_form">{{ button(greeting) }}<b>{{ error|default("") }}</b>{{ actor.name }}</form>
{% endblock %}{% endblock %}{% block foot %}{{ super() }}<i>脚</i>{% endblock %}""",
    "workshop/list.html": """{% extends "workshop/base.html" %}{% block main %}<h1>清单</h1>{% endblock %}""",
    "workshop/panel.html": "<aside>{{ note }} {{ actor.name }} {{ subject.title }}</aside>",
}
REFUSALS: dict[str, Exception] = {
    "403": NotAllowed("只有作者可以改"),
    "404": NotVisible(),
    "409": Conflict(Unmet("要有标题", "/title"), Unmet("要有金额", "/amount")),
    "422": Invalid("标题要填", "title"),
    "429": TooMany("请 5 分钟后再试。", 300),
    "500": RuntimeError("the secret inside"),
    "503": OperationalError("UPDATE", {}, Exception("database is locked")),
    "lost": OperationalError("SELECT", {}, Exception("server closed the connection")),
}
routes = Routes("workshop")


@routes.get("/workshop/things/<int:thing_id>", may=Can.SEE, of=Thing)
def show(actor: Actor, thing: Thing) -> ResponseReturnValue:
    """The block is for errors only: without one every reader gets the part he asked for."""
    return page("workshop/show.html", block="thing_form", thing=thing)


@routes.post("/workshop/things/<int:thing_id>", may=Can.CHANGE, of=Thing)
def update(actor: Actor, thing: Thing) -> ResponseReturnValue:
    title = request.form.get("title", "")
    if not title:
        return page("workshop/show.html", 422, block="thing_form", thing=thing, error="标题要填")
    rename(actor, thing, title=title)
    flash(f"已保存：{title}")
    return go("workshop.index" if request.form.get("away") else "workshop.show", thing_id=thing.id)


@routes.get("/workshop/rows/<int:thing_id>", may=Can.SEE, of=Thing)
def row(actor: Actor, thing: Thing) -> ResponseReturnValue:
    return page("workshop/show.html", thing=thing, row=thing)


@routes.get("/workshop/judge/<int:thing_id>", may=Can.JUDGE, of=Thing)
def judge(actor: Actor, thing: Thing) -> ResponseReturnValue:
    return page("workshop/show.html", thing=thing)


@routes.get("/workshop/清单", may=PUBLIC)
def index(actor: Actor) -> ResponseReturnValue:
    return page("workshop/list.html")


@routes.get("/workshop/leave", may=PUBLIC)
def away(actor: Actor) -> ResponseReturnValue:
    return leave("/workshop/清单")


@routes.get("/workshop/where", may=PUBLIC)
def where(actor: Actor) -> ResponseReturnValue:
    return current_page()


@routes.get("/workshop/fail/<kind>", may=PUBLIC)
def fail(actor: Actor, kind: str) -> ResponseReturnValue:
    if kind in REFUSALS:
        raise REFUSALS[kind]
    abort(int(kind))


for _endpoint in [e for e in PERMISSIONS if e.startswith("workshop.")]:
    PERMISSIONS.pop(_endpoint)


def build(settings: dict[str, Any], folder: Path, database: str) -> Flask:
    app = create_app({**settings, "PORTAL_INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": database})
    app.register_blueprint(routes.blueprint)
    own = jinja2.DictLoader(TEMPLATES)
    assert app.jinja_env.loader is not None
    app.jinja_env.loader = jinja2.ChoiceLoader([own, app.jinja_env.loader])
    return app


def noted(actor: Actor, thing: Any) -> dict[str, Any] | None:
    return {"note": "附注"} if thing.title != "安静" else None


PANEL = panels.Panel("note", "thing", "aside", "workshop/panel.html", noted)
