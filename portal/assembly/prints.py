"""The papers of an owners' vote: which template, with what. The same for a browser's print and for a PDF."""

from collections.abc import Callable
from typing import Any, NamedTuple

from ..core import clock
from ..core.actor import Actor
from ..core.pages import bare
from ..core.printing import pdf
from ..core.scanning import picture_of, scan_of
from ..core.text import N_, _, speaking
from . import elections, tickets
from .afterwards import day_before_court
from .countfile import matters_of
from .leaves.prints import tally_lines
from .models.votes import OwnersVote
from .queries import prints as reading
from .queries.elections import lists_of, lots_of
from .roll.ownerless import stated
from .words import PostingKind, VoteState

PRINTABLE = (VoteState.FROZEN, VoteState.NOTICE, VoteState.OPEN)
"""When personal ballots are printed: who is on the roll is settled, and a paper may still be handed in."""
NOTICES = {
    PostingKind.NOTICE: N_("业主大会表决公告"),
    PostingKind.POSTPONED: N_("表决改期公告"),
    PostingKind.EXTENSION: N_("延长投票时间公告"),
    PostingKind.VOID: N_("终止表决公告"),
}


class Print(NamedTuple):
    """A paper: its template, its values, and the name of its file without ending."""

    template: str
    values: dict[str, Any]
    name: str

    def as_html(self, actor: Actor) -> str:
        """The paper by itself, as `pdf` draws it."""
        given = {"now": clock.local(actor.now), "address": "", **self.values}
        return bare(self.template, frame="layout/sheet.html", **given)

    def as_pdf(self, actor: Actor) -> bytes:
        """Raises CannotPrint."""
        return pdf(self.as_html(actor))


class Ticketed(NamedTuple):
    """A personal ballot with what a scanner reads on it."""

    paper: reading.Paper
    code: str
    picture: str
    receipt: str


def ballots(actor: Actor, vote: OwnersVote, building: str, after: int) -> Print:
    """Personal ballots, the next of a building (or of all) after a number."""
    papers = [_ticketed(vote, paper) for paper in reading.papers(actor, vote, building, after)]
    more = papers[-1].paper.number if len(papers) == reading.PAPERS else None
    values = {
        "vote": vote,
        "matters": matters_of(vote),
        "lists": lists_of(vote.id),
        "papers": papers,
        "blank": False,
        "building": building,
    }
    return Print(
        "assembly/prints/ballots.html", values | {"next": more}, f"ballots-{vote.number}-{after + 1}"
    )


def as_posted(actor: Actor, vote: OwnersVote, kind: PostingKind) -> str:
    """The page that hangs out now, as `pdf` draws it; in Chinese, whoever posts it."""
    language = speaking.set("zh")
    try:
        return HANGS[kind](vote).as_html(actor)
    finally:
        speaking.reset(language)


def blank(vote: OwnersVote) -> Print:
    """The paper as everybody gets it, with nobody's name."""
    values = {
        "vote": vote,
        "matters": matters_of(vote),
        "lists": lists_of(vote.id),
        "papers": [],
        "blank": True,
        "building": "",
    }
    return Print("assembly/prints/ballots.html", values | {"next": None}, f"ballot-{vote.number}")


def letter(vote: OwnersVote) -> Print:
    """A letter of authority to fill in, with what it has to say."""
    values = {"vote": vote, "matters": matters_of(vote)}
    return Print("assembly/prints/letter.html", values, f"letter-{vote.number}")


def notice(vote: OwnersVote) -> Print:
    """What hangs on the boards before and during the vote: the notice, later hours, an extension, or its end."""
    kinds: tuple[PostingKind, ...] = (PostingKind.NOTICE, PostingKind.POSTPONED)
    if vote.state is VoteState.VOID:
        kinds = (PostingKind.VOID,)
    elif vote.extensions:
        kinds = (PostingKind.EXTENSION,)
    posted = reading.last_posting(vote, *kinds)
    kind = posted.kind if posted else kinds[0]
    values = {
        "vote": vote,
        "matters": matters_of(vote),
        "lists": lists_of(vote.id),
        "postponed": posted if kind is PostingKind.POSTPONED else None,
        "heading": _(NOTICES[kind]),
        "posted": posted,
        "extension": posted if kind is PostingKind.EXTENSION else None,
        "scan": scan_of(_address(vote)),
    }
    return Print("assembly/prints/notice.html", values, f"notice-{vote.number}")


def roll(vote: OwnersVote, building: str, after: int) -> Print:
    """The roll pages of a building (or of all), persons half hidden."""
    after -= after % reading.ROWS
    lines = reading.roll_lines(vote, building, after)
    values = {
        "vote": vote,
        "lines": lines,
        "building": building,
        "after": after,
        "posted": reading.last_posting(vote, PostingKind.ROLL),
        "unknown": stated(vote),
        "scan": scan_of(_address(vote)),
        "next": after + len(lines) if len(lines) == reading.ROWS else None,
    }
    return Print("assembly/prints/roll.html", values, f"roll-{vote.number}-v{vote.roll_version}-{after + 1}")


def sealed(vote: OwnersVote) -> Print:
    """How many papers lay in the box unread at the close."""
    values = {"vote": vote, "box": reading.box(vote), "scan": scan_of(_address(vote))}
    return Print("assembly/prints/sealed.html", values, f"seal-{vote.number}")


def result(vote: OwnersVote) -> Print:
    """The result as it is hung out, preliminary or final."""
    final = vote.state in (VoteState.FINAL, VoteState.ARCHIVED)
    heading = _("业主大会表决结果公告") if final else _("业主大会表决初步结果公示")
    until = None if final else vote.objections_until
    return Print("assembly/prints/result.html", _counted(vote, heading, until), f"result-{vote.number}")


def certificate(vote: OwnersVote) -> Print | None:
    """The result with the digests and the signatures; None before it is certified."""
    stated = reading.certificate(vote)
    if stated is None:
        return None
    values = _counted(vote, _("业主大会表决结果证明"), None) | {"certificate": stated}
    return Print("assembly/prints/result.html", values, f"certificate-{vote.number}")


def tally(vote: OwnersVote) -> Print:
    """The record of the count for the pens of those who count and watch, before anything is posted."""
    matters = matters_of(vote)
    values = {
        "vote": vote,
        "matters": matters,
        "figures": {m.id: tally_lines(m.result, elections.names(vote.id, m.id)) for m in matters if m.result},
        "scrutineers": reading.scrutineers(vote),
        "box": reading.box(vote),
        "batches": reading.batches(vote),
    }
    return Print("assembly/prints/tally.html", values, f"tally-{vote.number}")


def _counted(vote: OwnersVote, heading: str, until: Any) -> dict[str, Any]:
    table = reading.scrutineers(vote)
    stated = table[0].certified_at if table else None
    return {
        "vote": vote,
        "matters": matters_of(vote),
        "lists": lists_of(vote.id),
        "lots": lots_of(vote.id),
        "heading": heading,
        "until": until,
        "scrutineers": table,
        "certificate": None,
        "revocable_until": day_before_court(stated) if stated else None,
        "scan": scan_of(_address(vote)),
        "box": reading.box(vote),
    }


def _ticketed(vote: OwnersVote, paper: reading.Paper) -> Ticketed:
    code = tickets.code_of(vote.id, paper.number)
    return Ticketed(paper, code, picture_of(code), tickets.paper_receipt(vote.id, paper.id))


def _address(vote: OwnersVote) -> str:
    return f"/owners-votes/{vote.id}"


HANGS: dict[PostingKind, Callable[[OwnersVote], Print]] = {
    PostingKind.ROLL: lambda vote: roll(vote, "", 0),
    PostingKind.NOTICE: notice,
    PostingKind.POSTPONED: notice,
    PostingKind.EXTENSION: notice,
    PostingKind.VOID: notice,
    PostingKind.SEALED: sealed,
    PostingKind.PRELIMINARY: result,
    PostingKind.FINAL: result,
}
