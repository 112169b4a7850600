"""After the close: certifying, the list of receipts, and the files that let anybody count again."""

from typing import Any

from flask import Response, flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.exports import JSON, as_file, attachment
from ...core.listing import Column
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import N_, _, choices
from .. import box, countfile, rules
from ..actions.closing import certify_poll
from ..forms import CertifyForm
from ..leaves import poll_word
from ..leaves_paper import chosen_titles
from ..leaves_result import result_sheet
from ..models import Poll
from ..policy import Can
from ..queries.counted import receipt_codes
from ..queries.pages import named_ballots, poll_page
from ..queries.ties import tie_of
from ..words import OUTCOME_WORD, Outcome

routes = Routes("results")
A_PAGE = 500
RECEIPTS = (Column(N_("回执码"), lambda code: code),)
BALLOTS = (
    Column(N_("回执码"), lambda b: b.receipt),
    Column(N_("姓名"), lambda b: b.name),
    Column(N_("房屋"), lambda b: b.unit_label),
    Column(N_("怎么投的"), lambda b: poll_word(b.channel)),
    Column(N_("时间"), lambda b: b.at),
)


@routes.get("/polls/<int:poll_id>/certification", may=Can.CERTIFY, of=poll_page)
def ask(actor: Actor, poll: Any) -> ResponseReturnValue:
    return _certifying(poll, CertifyForm())


@routes.post("/polls/<int:poll_id>/certification", may=Can.CERTIFY, of=Poll)
def certify(actor: Actor, poll: Poll) -> ResponseReturnValue:
    form = CertifyForm()
    if form.validate_on_submit():
        with form.catching():
            certify_poll(actor, poll, outcome=Outcome(form.outcome.data), reason=form.reason.data)
            flash(_("结果已经核定，大家都看得到。"))
            return go("polls.show", poll_id=poll.id)
    return _certifying(poll_page(actor, poll.id), form, 422)


def _certifying(poll: Any, form: CertifyForm, status: int = 200) -> ResponseReturnValue:
    """What follows is chosen from what can follow."""
    if not rules.settles(rules.finding(poll.tally), poll.ties_stand, poll.lot is not None):
        form.outcome.choices = choices({Outcome.RETURNED: OUTCOME_WORD[Outcome.RETURNED]})
    tie = tie_of(poll)
    return page("voting/polls/certify.html", status, block="certify_form", poll=poll, form=form, tie=tie)


@routes.get("/polls/<int:poll_id>/receipts", may=Can.SEE_RECEIPTS, of=Poll)
def receipts(actor: Actor, poll: Poll) -> ResponseReturnValue:
    codes = receipt_codes(poll)
    if request.args.get("format") == "csv":
        return as_file(f"receipts-{poll.number}", RECEIPTS, codes, "csv")
    start = max(0, request.args.get("from", 0, type=int))
    part = codes[start : start + A_PAGE]
    after = start + A_PAGE if start + A_PAGE < len(codes) else None
    before = max(0, start - A_PAGE) if start else None
    return page(
        "voting/ballots/receipts.html", poll=poll, codes=part, total=len(codes), after=after, before=before
    )


@routes.get("/polls/<int:poll_id>/count.json", may=Can.SEE_RESULT, of=Poll)
def count_file(actor: Actor, poll: Poll) -> ResponseReturnValue:
    """The count file: its SHA-256 is on the certificate."""
    text = countfile.text(box.case(poll), poll.tally)
    return attachment(text, JSON, countfile.file_name("poll", poll.id))


@routes.get("/polls/<int:poll_id>/result.csv", may=Can.SEE_RESULT, of=poll_page)
def result_csv(actor: Actor, poll: Any) -> ResponseReturnValue:
    return _result(poll, "csv")


@routes.get("/polls/<int:poll_id>/result.xlsx", may=Can.SEE_RESULT, of=poll_page)
def result_xlsx(actor: Actor, poll: Any) -> ResponseReturnValue:
    return _result(poll, "xlsx")


def _result(poll: Any, kind: str) -> Response:
    """The table of the result as it is on the page, an option a row, and how many took part."""
    columns, rows = result_sheet(poll)
    return as_file(f"result-{poll.number}", columns, rows, kind)


@routes.get("/polls/<int:poll_id>/ballots.csv", may=Can.SEE_BALLOTS, of=poll_page)
def ballots_csv(actor: Actor, poll: Any) -> ResponseReturnValue:
    """Named ballots, for the secretary who checks the count."""
    chosen = Column(N_("选择"), lambda b: chosen_titles(poll, b.marks))
    return as_file(f"ballots-{poll.number}", (*BALLOTS, chosen), named_ballots(poll), "csv")
