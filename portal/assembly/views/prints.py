"""What is printed: each paper as a page for a browser's print, and with `format=pdf` as a file."""

from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict, NotVisible
from ...core.exports import attachment
from ...core.pages import page
from ...core.routing import Routes
from ...core.text import _
from .. import prints
from ..actions.evidence import note_papers, printed_lately
from ..models.votes import OwnersVote
from ..policy import Can
from ..prints import PRINTABLE, Print
from ..queries import prints as reading

routes = Routes("owners_vote_prints")
PRINTS = "/owners-votes/<int:owners_vote_id>/prints"


@routes.get(PRINTS, may=Can.ORGANISE, of=OwnersVote)
def index(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    buildings = reading.buildings(vote)
    homes = sum(building.units for building in buildings)
    return page(
        "assembly/prints/index.html",
        vote=vote,
        buildings=buildings,
        rolls=range(0, homes or 1, reading.ROWS),
        printable=vote.state in PRINTABLE,
        papers=reading.PAPERS,
        certified=reading.certificate(vote) is not None,
    )


@routes.get(f"{PRINTS}/ballots", may=Can.ORGANISE, of=OwnersVote)
def ballots(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    if vote.state not in PRINTABLE:
        raise Conflict(_("名册确定以后、投票截止以前，才印有名字的表决票。"))
    if not printed_lately(actor, vote):
        note_papers(actor, vote)
    return _sent(actor, vote, "ballots", prints.ballots(actor, vote, _building(), _after()))


@routes.get(f"{PRINTS}/blank", may=Can.SEE, of=OwnersVote)
def blank(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    return _sent(actor, vote, "blank", prints.blank(vote))


@routes.get(f"{PRINTS}/letter", may=Can.SEE, of=OwnersVote)
def letter(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    return _sent(actor, vote, "letter", prints.letter(vote))


@routes.get(f"{PRINTS}/notice", may=Can.SEE, of=OwnersVote)
def notice(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    return _sent(actor, vote, "notice", prints.notice(vote))


@routes.get(f"{PRINTS}/roll", may=Can.SEE_ROLL, of=OwnersVote)
def roll(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    return _sent(actor, vote, "roll", prints.roll(vote, _building(), _after()))


@routes.get(f"{PRINTS}/tally", may=Can.SEE_BALLOTS, of=OwnersVote)
def tally(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    return _sent(actor, vote, "tally", prints.tally(vote))


@routes.get(f"{PRINTS}/result", may=Can.SEE_RESULT, of=OwnersVote)
def result(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    return _sent(actor, vote, "result", prints.result(vote))


@routes.get(f"{PRINTS}/certificate", may=Can.SEE_RESULT, of=OwnersVote)
def certificate(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    stated = prints.certificate(vote)
    if stated is None:
        raise NotVisible()
    return _sent(actor, vote, "certificate", stated)


def _sent(actor: Actor, vote: OwnersVote, kind: str, made: Print) -> ResponseReturnValue:
    if request.args.get("format") == "pdf":
        return paper_file(made.as_pdf(actor), made.name)
    here = f"/owners-votes/{vote.id}"
    more = made.values.get("next")
    ways: dict[str, Any] = {
        "address": _part(f"{here}/prints/{kind}", _after() if kind in ("ballots", "roll") else 0),
        "more": _part(f"{here}/prints/{kind}", more) if more is not None else None,
        "back": here,
    }
    return page(made.template, frame="layout/paper.html", **ways, **made.values)


def paper_file(body: bytes, name: str) -> Response:
    return attachment(body, "application/pdf", f"{name}.pdf")


def _part(address: str, after: int) -> str:
    asked = {"building": _building(), "after": after or ""}
    said = urlencode({key: value for key, value in asked.items() if value})
    return f"{address}?{said}" if said else address


def _building() -> str:
    return request.args.get("building", "")[:60].replace("\0", "")


def _after() -> int:
    text = request.args.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
