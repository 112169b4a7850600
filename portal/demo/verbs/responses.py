"""Official responses: asked, given, rated."""

from datetime import timedelta

from ...core import clock
from ...core.actor import Actor
from ...councils import rules
from ...councils.actions import responding
from ...councils.words import Party
from ..sources import Fields
from ..told import Told, TopicTold


def ask(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    due = clock.at(actor.today + timedelta(days=step["due_days"]), rules.CLOSING_HOUR)
    of.asks[step["id"]] = responding.ask_response(
        actor, of.topic, party=Party(step["party"]), question=step["question"], due_at=due
    )


def respond(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    responding.give_response(
        actor,
        of.asks[step["to"]],
        body=step["body"],
        cost=step["cost_yuan"] * 100,
        days=step["days"] or None,
        papers=told.album.pictures(step.get("attach", [])),
    )


def rate(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    responding.rate_response(actor, of.asks[step["to"]], solved=step["solved"])
