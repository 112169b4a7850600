"""What came out: the result, the certificate, the receipts, and the files that let anybody count again."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from ...core import access
from ...core.actor import Actor
from ...core.errors import NotVisible
from ...core.exports import JSON, as_file, attachment
from ...core.listing import Column
from ...core.pages import page
from ...core.routing import Routes
from ...core.text import N_, _
from ...voting.counting.weight import Weight
from ...voting.receipts import read as read_code
from .. import countfile
from ..leaves import outcomes
from ..leaves.ballots import ballot_word
from ..leaves.doors import building_rows
from ..leaves.elections import candidate_rows, left_blank
from ..leaves.results import channel_rows, choice_rows, fate, of
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries.entries import own_entries
from ..queries.receipts import ballot_lines, holds, receipts, uncounted
from ..queries.results import MatterResult, result_page
from ..words import CHANNEL_WORD

routes = Routes("owners_results")
A_PAGE = 500
Line = tuple[str, str, object, object]
RESULT = (
    Column(N_("表决事项"), lambda line: line[0]),
    Column(N_("项目"), lambda line: line[1]),
    Column(N_("人数"), lambda line: line[2]),
    Column(N_("面积（㎡）"), lambda line: line[3]),
)
RECEIPTS = (
    Column(N_("回执码"), lambda line: line[0]),
    Column(N_("是否计入"), lambda line: line[1]),
)


@routes.get("/owners-votes/<int:owners_vote_id>/result", may=Can.SEE_RESULT, of=result_page)
def show(actor: Actor, vote: Any) -> ResponseReturnValue:
    kind = request.args.get("format", "")
    if kind in ("csv", "xlsx"):
        return as_file(f"result-{vote.number}", RESULT, _lines(vote), kind)
    return page(
        "assembly/results/show.html",
        vote=vote,
        asked=_asked(vote, True),
        mine=lambda: own_entries(actor, vote, vote.matters),
    )


@routes.get("/owners-votes/<int:owners_vote_id>/certificate", may=Can.SEE_RESULT, of=result_page)
def certificate(actor: Actor, vote: Any) -> ResponseReturnValue:
    return page("assembly/results/certificate.html", vote=vote)


@routes.get("/owners-votes/<int:owners_vote_id>/receipts", may=Can.SEE_RECEIPTS, of=result_page)
def receipt_list(actor: Actor, vote: Any) -> ResponseReturnValue:
    """All codes, from the close on; what became of each once the result is posted."""
    posted = bool(access.may(actor, Can.SEE_RESULT, vote))
    left_out = uncounted(vote, vote.matters) if posted else {}
    if request.args.get("format") in ("csv", "xlsx"):
        codes, _total = receipts(vote, 0, 1_000_000)
        lines = [(code, fate(left_out.get(code), len(vote.matters)) if posted else "") for code in codes]
        return as_file(f"receipts-{vote.number}", RECEIPTS, lines, request.args["format"])
    start = min(max(0, request.args.get("from", 0, type=int)), 10_000_000)
    codes, total = receipts(vote, start, A_PAGE)
    why = {code: fate(reasons, len(vote.matters)) for code, reasons in left_out.items()}
    return page(
        "assembly/results/receipts.html",
        vote=vote,
        posted=posted,
        asked=_asked(vote, posted),
        codes=[(code, why.get(code, "")) for code in codes],
        total=total,
        after=start + A_PAGE if start + A_PAGE < total else None,
        before=max(0, start - A_PAGE) if start else None,
    )


@routes.get("/owners-votes/<int:owners_vote_id>/sums.json", may=Can.SEE_RESULT, of=OwnersVote)
def sums(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    """The sums of every matter as cases of the counting program: anybody can check the gates."""
    return attachment(countfile.sums_text(vote), JSON, countfile.name(vote, "sums"))


@routes.get("/owners-votes/<int:owners_vote_id>/count.json", may=Can.SEE_BALLOTS, of=OwnersVote)
def count_file(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    """The count file, whose SHA-256 is on the certificate: ballot by ballot, for those who check the count."""
    return attachment(countfile.count_text(vote), JSON, countfile.name(vote))


@routes.get("/owners-votes/<int:owners_vote_id>/count/ballots", may=Can.SEE_BALLOTS, of=result_page)
def ballots(actor: Actor, vote: Any) -> ResponseReturnValue:
    """Every ballot beside its paper, to be compared in public; CSV unless `format` says XLSX."""
    left_out = uncounted(vote, vote.matters)
    kind = "xlsx" if request.args.get("format") == "xlsx" else "csv"
    return as_file(f"ballots-{vote.number}", _columns(vote.matters, left_out), ballot_lines(vote), kind)


def _asked(vote: Any, posted: bool) -> tuple[str, str] | None:
    """The receipt code somebody looks for and what became of it ("" if there is none); None if nobody looks."""
    typed = request.args.get("code", "").strip()[:20]
    if not typed:
        return None
    code = read_code(typed)
    if code is None or not holds(vote, code):
        return code or typed, ""
    if not posted:
        return code, _("在票箱里")
    return code, fate(uncounted(vote, vote.matters).get(code), len(vote.matters))


def _lines(vote: Any) -> list[Line]:
    """The figures of every matter, one a line."""
    if not any(m.result for m in vote.matters):
        raise NotVisible()
    return [line for matter in vote.matters if matter.result for line in _of_matter(matter)]


def _of_matter(matter: MatterResult) -> list[Line]:
    result = matter.result or {}
    pairs = [(_("名册"), of(result["total"])), (_("参加"), of(result["part"]))]
    pairs += _said_in(matter, result)
    pairs += channel_rows(result)
    lines: list[Line] = [(matter.question, word, w.heads, _plain(w.area)) for word, w in pairs]
    lines += [
        (matter.question, _("%(building)s参加", building=name), part, "")
        for name, part, _whole in building_rows(result)
    ]
    return [*lines, (matter.question, _("结论"), outcomes.mark(result)[0], outcomes.sentence(result))]


def _said_in(matter: MatterResult, result: dict[str, Any]) -> list[tuple[str, Weight]]:
    """What was said to a question; or for whom, and what of it elects nobody."""
    if not outcomes.is_election(result):
        return [(word, said) for word, said, _whole in choice_rows(result)]
    rows = candidate_rows(result, matter.candidates)
    return [(f"{row.number}. {row.name}", row.votes) for row in rows] + left_blank(result)


def _plain(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _columns(matters: list[MatterResult], left_out: dict[str, Any]) -> tuple[Column, ...]:
    """Ticket, unit, weight, how it came, what it says on each matter, whether it counts."""
    said = tuple(_said(m) for m in matters)
    return (
        Column(N_("票号"), lambda b: b.number),
        Column(N_("房屋"), lambda b: b.label),
        Column(N_("面积（㎡）"), lambda b: _plain(b.area)),
        Column(N_("怎么投的"), lambda b: _(CHANNEL_WORD[b.channel])),
        Column(N_("时间"), lambda b: b.at),
        *said,
        Column(N_("是否计入"), lambda b: fate(left_out.get(b.receipt), len(matters))),
        Column(N_("回执码"), lambda b: b.receipt),
    )


def _said(matter: MatterResult) -> Column:
    return Column(f"{matter.position + 1}. {matter.question}", lambda b: _choice(b.choices, matter.position))


def _choice(choices: str, position: int) -> str:
    words = choices.split(",")
    word = words[position] if position < len(words) else ""
    return ballot_word(word)
