"""Official responses: asked, given, rated."""

from datetime import timedelta

from ...core import clock
from ...core.actor import Actor
from ...core.db import db
from ...councils import rules
from ...councils.actions import responding
from ...councils.models import Response
from ...councils.words import Party
from ..sources import Fields
from ..told import Told, TopicTold


def ask(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    due = clock.at(actor.today + timedelta(days=step["due_days"]), rules.CLOSING_HOUR)
    asked = responding.ask_response(
        actor, of.topic, party=Party(step["party"]), question=step["question"], due_at=due
    )
    of.asks[step["id"]] = asked.id


def respond(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    responding.give_response(
        actor,
        _asked(of, step),
        body=step["body"],
        cost=step["cost_yuan"] * 100,
        days=step["days"] or None,
        papers=told.album.pictures(step.get("attach", [])),
    )


def rate(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    responding.rate_response(actor, _asked(of, step), solved=step["solved"])


def _asked(of: TopicTold, step: Fields) -> Response:
    return db.session.get_one(Response, of.asks[step["to"]])
