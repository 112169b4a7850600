"""The desk: the queue, one thing of it, and the next."""

from typing import Any
from urllib.parse import parse_qsl

from flask import flash, redirect, request, session
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.exports import as_file
from ...core.listing import Column
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import N_, _, choices
from ...core.waiting import KINDS, Wait
from ...councils.words import PARTY_WORD, Party
from ...places.models import Place
from ...places.queries.tree import place_of_post
from ..desk import asked as questions
from ..desk import queue as queues
from ..desk.asked import ORDER_WORD, Bucket
from ..panels import WORKED
from ..policy import POSTS, Can
from .front import address

routes = Routes("desk")
BUCKETS = (
    (Bucket.OVER, "danger", "triangle-alert", N_("已超时")),
    (Bucket.SOON, "warn", "hourglass", N_("24 小时内到期")),
    (Bucket.LATER, "ok", "clock-3", N_("时限内")),
    (None, "neutral", "layers", N_("全部待办")),
)


def desk_place(actor: Actor) -> Place | None:
    """The widest place at which the actor holds a post with a desk, else his community."""
    return place_of_post(actor, POSTS)


def opened(actor: Actor, kind: str, subject_id: int) -> Place | None:
    """The desk, for the address of one of its rows. None for a kind that nobody knows."""
    return desk_place(actor) if kind in KINDS else None


@routes.get("/desk", may=Can.OPEN, of=desk_place)
def index(actor: Actor, place: Place) -> ResponseReturnValue:
    asked = questions.read(request.args)
    if request.args.get("format") in ("csv", "xlsx"):
        return _as_file(queues.read(actor, place, asked, queues.MOST), request.args["format"])
    queue = queues.read(actor, place, asked)
    session[WORKED] = [asked.query(), ""]
    return page(
        "home/desk.html", queue=queue, asked=asked, at_place=place, key_of=queues.key_of, **_choices(queue)
    )


def _choices(queue: queues.Queue) -> dict[str, Any]:
    """Buckets, tabs and filters over the queue, with their counts."""
    asked = queue.asked
    buckets = [
        (
            tone,
            icon,
            _(words),
            queue.count(bucket, asked.kind),
            "/desk" + asked.query(bucket=bucket or ""),
            asked.bucket is bucket,
        )
        for bucket, tone, icon, words in BUCKETS
    ]
    kinds = list(dict.fromkeys([*queue.kinds, *([asked.kind] if asked.kind else [])]))
    tabs = [(_("全部"), "/desk" + asked.query(kind=""), queue.count(asked.bucket), not asked.kind)]
    tabs += [
        (
            _(KINDS[kind].tag),
            "/desk" + asked.query(kind=kind),
            queue.count(asked.bucket, kind),
            asked.kind == kind,
        )
        for kind in kinds
    ]
    return {
        "buckets": buckets,
        "tabs": tabs,
        "parties": [("", _("全部各方")), *((p.value, _(word)) for p, word in PARTY_WORD.items())],
        "spots": [("", _("全部楼栋")), *((str(spot.id), spot.name) for spot in queue.spots)],
        "orders": choices(ORDER_WORD),
    }


@routes.get("/desk/open/<kind>/<int:subject_id>", may=Can.OPEN, of=opened)
def take(actor: Actor, place: Place) -> ResponseReturnValue:
    """Go to the page of one row, and remember where in the queue it stood."""
    at = request.view_args or {}
    query = (session.get(WORKED) or ["", ""])[0]
    key = questions.key(request.args.get("at", ""))
    session[WORKED] = [query, str(key) if key else ""]
    return redirect(address(Wait(at["kind"], at["subject_id"], "", "", actor.now, None, "")), 303)


@routes.get("/desk/next", may=Can.OPEN, of=desk_place)
def following(actor: Actor, place: Place) -> ResponseReturnValue:
    """Go to the row after the one that was opened last, from the top when the end is reached."""
    query, last = session.get(WORKED) or ["", ""]
    asked = questions.read(_parsed(query))
    row = queues.following(actor, place, asked, questions.key(last))
    if row is None:
        flash(_("队列里的事都办完了。"), "success")
        return go("desk.index")
    session[WORKED] = [query, str(queues.key_of(row, asked.order))]
    return redirect(address(row), 303)


def _parsed(query: str) -> dict[str, str]:
    return dict(parse_qsl(query.lstrip("?")))


def _as_file(queue: queues.Queue, kind: str) -> ResponseReturnValue:
    columns = (
        Column(N_("要做的事"), lambda row: _(KINDS[row.kind].tag)),
        Column(N_("事项"), lambda row: row.title),
        Column(N_("地点"), lambda row: queue.where(row.place_path)),
        Column(
            N_("等谁"), lambda row: _(PARTY_WORD[Party(row.party)]) if row.party in set(Party) else row.party
        ),
        Column(N_("从何时起"), lambda row: row.since),
        Column(N_("时限"), lambda row: row.due),
        Column(N_("地址"), address),
    )
    return as_file("desk", columns, queue.rows, kind)
