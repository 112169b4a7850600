"""Polls of the council: opened, voted in, closed."""

from secrets import token_hex

from ...core.actor import Actor
from ...voting.actions import casting, closing, opening
from ...voting.terms import BLANK_WORD, Line, Terms
from ...voting.words import Method, Secrecy
from ..sources import Fields
from ..told import Told, TopicTold


def open_poll(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    """弃权 is no option of the paper: it is the paper without a mark."""
    printed = [o for o in step["options"] if o["title"] != BLANK_WORD]
    poll = opening.draft_poll(
        actor,
        of.topic,
        question=step["question"],
        options=[Line(o["title"], _fen(o.get("cost_yuan")), o.get("note", "")) for o in printed],
        closes_at=told.moment(step["closes"]),
        once=token_hex(8),
        method=Method(step.get("method", Method.PLURALITY)),
        terms=Terms(seats=step.get("seats"), budget=_fen(step.get("budget_yuan")), body=step.get("rule")),
        secrecy=Secrecy(step["secrecy"]),
    )
    opening.open_poll(actor, poll)
    of.poll = poll
    of.choices = {o["key"]: () for o in step["options"]} | {o["key"]: (n,) for n, o in enumerate(printed)}


def vote(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    """The one-time key is random: from it alone the receipt follows, also of a secret ballot."""
    assert of.poll
    keys = step["choice"] if isinstance(step["choice"], list) else [step["choice"]]
    choices = tuple(n for key in keys for n in of.choices[key])
    casting.cast_ballot(actor, of.poll, choices=choices, once=token_hex(16))


def close_poll(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    assert of.poll
    closing.close_poll(actor, of.poll)


def _fen(yuan: int | None) -> int | None:
    return None if yuan is None else yuan * 100
