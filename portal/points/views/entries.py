"""One entry: what it was, the appeal against it and its answer, and putting it right."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict, NotAllowed
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import N_, _
from ..actions.answering import answer_appeal, appeal
from ..actions.reversing import reverse
from ..forms import AppealForm, DecisionForm, ReasonForm
from ..models.ledger import Account, Entry
from ..models.thanks import Appeal
from ..policy import Can
from ..queries import handling
from ..queries.entries import around
from ..refusals import Refused

routes = Routes("points_entries")
VERDICTS = (("upheld", N_("您说得对，会更正")), ("rejected", N_("这一笔没有错")))


@routes.get("/points/entries/<int:points_entry_id>", may=Can.SEE_ENTRY, of=Entry)
def show(actor: Actor, entry: Entry) -> ResponseReturnValue:
    return _page(entry)


@routes.get("/points/wallets/<int:points_account_id>", may=Can.SEE_ACCOUNT, of=Account)
def mine(actor: Actor, account: Account) -> ResponseReturnValue:
    """The wallet whose points lapse: the reader's own page."""
    return go("points.show")


@routes.post(
    "/points/entries/<int:points_entry_id>/appeal", may=Can.APPEAL, of=Entry, back="points_entries.show"
)
def object_to(actor: Actor, entry: Entry) -> ResponseReturnValue:
    form = AppealForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="text"):
            appeal(actor, entry, text=form.text.data)
            flash(_("异议提出了，社区会写明理由答复您。"))
            return go("points_entries.show", points_entry_id=entry.id)
    return _page(entry, 422, appeal_form=form)


@routes.post(
    "/points/entries/<int:points_entry_id>/reversal", may=Can.REVERSE, of=Entry, back="points_entries.show"
)
def put_right(actor: Actor, entry: Entry) -> ResponseReturnValue:
    form = ReasonForm()
    if form.validate_on_submit():
        with form.catching(Refused, on="reason"):
            reverse(actor, entry, key=f"reversal:{entry.id}:{form.once.data}", reason=form.reason.data)
            flash(_("更正了：另记了一笔，原来的一笔照样留着。"))
            return go("points_entries.show", points_entry_id=entry.id)
    return _page(entry, 422, reason_form=form)


@routes.get("/points/appeals/<int:points_appeal_id>/answer", may=Can.SEE_APPEAL, of=Appeal)
def asked(actor: Actor, appeal: Appeal) -> ResponseReturnValue:
    return go("points_entries.show", points_entry_id=appeal.entry_id)


@routes.post("/points/appeals/<int:points_appeal_id>/answer", may=Can.ANSWER_APPEAL, of=Appeal)
def answer(actor: Actor, appeal: Appeal) -> ResponseReturnValue:
    form = _answer_form()
    if form.validate_on_submit():
        with form.catching(NotAllowed, on="verdict"):
            upheld = form.verdict.data == "upheld"
            answer_appeal(actor, appeal, upheld=upheld, answer=form.answer.data)
            flash(_("答复了，本人看得到。"))
            return go("points_entries.show", points_entry_id=appeal.entry_id)
    return _page(visible(actor, Entry, appeal.entry_id), 422, answer_form=form)


def _answer_form() -> DecisionForm:
    return DecisionForm([(key, _(words)) for key, words in VERDICTS])


def _page(entry: Entry, status: int = 200, **forms: Any) -> ResponseReturnValue:
    given = {"appeal_form": None, "reason_form": None, "answer_form": None, **forms}
    return page(
        "points/entries/show.html",
        status,
        block="entry_panel",
        entry=entry,
        around=around(entry),
        appeal_form=given["appeal_form"] or AppealForm(formdata=None),
        reason_form=given["reason_form"] or ReasonForm(formdata=None),
        answer_form=given["answer_form"] or _answer_form(),
        touched=lambda person_id: bool(handling.touched(person_id, [entry])),
    )
