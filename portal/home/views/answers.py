"""Official responses as a list: what stands behind the share of answers in time."""

from datetime import date

import sqlalchemy as sa
from flask import request
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core.actor import Actor
from ...core.exports import listed
from ...core.listing import Column, Filter, Listing, Sort, by_word
from ...core.routing import PUBLIC, Routes
from ...core.text import N_, _, choices
from ...councils.models import Response, ResponseState, Topic
from ...councils.words import PARTY_WORD

routes = Routes("answers")

_OUTCOMES = {
    "in_time": N_("按时回应"),
    "late": N_("超时后回应"),
    "waiting": N_("还没回应"),
}
_GIVEN = Response.state == ResponseState.GIVEN
_WHERE = {
    "in_time": sa.and_(_GIVEN, Response.given_at <= Response.due_at),
    "late": sa.and_(_GIVEN, Response.given_at > Response.due_at),
    "waiting": Response.state == ResponseState.ASKED,
}


def _years(actor: Actor) -> list[tuple[str, str]]:
    return [
        (str(y), _("%(year)d 年回应的", year=y)) for y in range(actor.today.year, actor.today.year - 5, -1)
    ]


def _in_year(value: str) -> sa.ColumnElement[bool]:
    start, end = date(int(value), 1, 1), date(int(value) + 1, 1, 1)
    return sa.and_(Response.given_at >= clock.at(start), Response.given_at < clock.at(end))


ANSWERS = Listing(
    model=Response,
    select=sa.select(
        Response.id,
        Response.topic_id,
        Topic.title,
        Response.question,
        Response.party,
        Response.state,
        Response.asked_at,
        Response.due_at,
        Response.given_at,
    ).join(Topic, Topic.id == Response.topic_id),
    search=(Response.question, Topic.title),
    sorts=(
        Sort("new", N_("最近请求的在前"), Response.asked_at),
        Sort("due", N_("时限最早的在前"), Response.due_at, descending=False),
    ),
    filters=(
        Filter("year", N_("哪一年"), _years, _in_year),
        Filter(
            "outcome",
            N_("是否按时"),
            lambda _actor: choices(_OUTCOMES),
            lambda value: _WHERE[value],
        ),
        by_word("party", N_("哪一方"), Response.party, PARTY_WORD),
    ),
    columns=(
        Column(N_("议题"), lambda row: row.title),
        Column(N_("请回答什么"), lambda row: row.question),
        Column(N_("哪一方"), lambda row: _(PARTY_WORD[row.party])),
        Column(N_("何时请求"), lambda row: row.asked_at),
        Column(N_("时限"), lambda row: row.due_at),
        Column(N_("何时回应"), lambda row: row.given_at),
    ),
)


@routes.get("/responses", may=PUBLIC)
def index(actor: Actor) -> ResponseReturnValue:
    return listed(ANSWERS, actor, request.args, "home/answers.html")
