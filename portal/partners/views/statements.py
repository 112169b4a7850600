"""Statements of a month: their list, drawing and signing them in one go, and the page of one for both sides."""

from datetime import date
from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import access, clock
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict
from ...core.exports import as_file, attachment, listed
from ...core.leaves_text import masked
from ...core.listing import Column
from ...core.pages import bare, go, page
from ...core.printing import pdf
from ...core.routing import PUBLIC, Routes
from ...core.text import N_, _
from ...places.models import Place
from ..actions import signing
from ..actions.drawing import draw_statements
from ..forms import AnswerForm, CorrectionForm, DisputeForm, PaperForm
from ..listings import STATEMENTS, months
from ..models import PartnerMerchant, Statement
from ..policy import Can
from ..queries import statements as queries
from .shops import community_of

routes = Routes("statements")
ONE = "/partners/statements/<int:merchant_statement_id>"
LINES = (
    Column(N_("什么时候"), lambda line: line.at),
    Column(N_("可以换的"), lambda line: line.title),
    Column(N_("谁"), lambda line: line.nickname or masked(line.name or "")),
    Column(N_("件数"), lambda line: line.pieces),
    Column(N_("积分"), lambda line: line.points),
    Column(N_("更正的理由"), lambda line: line.because),
)


@routes.get("/partners/statements", may=PUBLIC)
def index(actor: Actor) -> ResponseReturnValue:
    community = community_of(actor)
    office = community is not None and bool(access.may(actor, Can.SETTLE_ALL, community))
    month = _month(actor, request.args.get("month", ""))
    return listed(
        STATEMENTS,
        actor,
        request.args,
        "partners/statements.html",
        office=office,
        month=month,
        standing=queries.standing(actor.community, month) if office else {},
    )


@routes.post("/partners/statements", may=Can.DRAW, of=community_of, back="statements.index")
def draw(actor: Actor, community: Place) -> ResponseReturnValue:
    month = _month(actor, request.form.get("month", ""))
    drawn = draw_statements(actor, community, month=month)
    flash(_("出了 %(n)d 份对账单。", n=drawn) if drawn else _("没有要出的对账单。"))
    return go("statements.index", month=f"{month:%Y-%m}")


@routes.post("/partners/statements/settlement", may=Can.SETTLE_ALL, of=community_of, back="statements.index")
def settle_all(actor: Actor, community: Place) -> ResponseReturnValue:
    month = _month(actor, request.form.get("month", ""))
    settled = signing.settle_all(actor, community, month=month)
    flash(_("签好 %(n)d 份。", n=settled) if settled else _("现在没有您可以签的。"))
    return go("statements.index", month=f"{month:%Y-%m}")


@routes.get(ONE, may=Can.SEE_STATEMENT, of=Statement)
def show(actor: Actor, statement: Statement) -> ResponseReturnValue:
    kind = request.args.get("format", "")
    if kind in ("csv", "xlsx"):
        return as_file(_name(statement), LINES, queries.lines_of(statement), kind)
    return _page(statement)


@routes.get(ONE + "/sheet", may=Can.SEE_STATEMENT, of=Statement)
def sheet(actor: Actor, statement: Statement) -> ResponseReturnValue:
    template, told = "partners/statement_sheet.html", _told(statement)
    if request.args.get("format") == "pdf":
        given = {"frame": "layout/sheet.html", "now": clock.local(actor.now), **told}
        return attachment(pdf(bare(template, **given)), "application/pdf", f"{_name(statement)}.pdf")
    back = f"/partners/statements/{statement.id}"
    return page(template, frame="layout/paper.html", back=back, **told)


@routes.post(ONE + "/agreement", may=Can.AGREE, of=Statement, back="statements.show")
def agree(actor: Actor, statement: Statement) -> ResponseReturnValue:
    form = PaperForm()
    if actor.id == statement.keeper_id or form.validate_on_submit():
        with form.catching(Conflict):
            signing.agree(actor, statement, paper=form.paper.data or "")
            flash(_("签好了。"))
            return _back(statement)
    return _page(statement, 422, paper_form=form)


@routes.post(ONE + "/disputes", may=Can.DISPUTE, of=Statement, back="statements.show")
def dispute(actor: Actor, statement: Statement) -> ResponseReturnValue:
    form = DisputeForm()
    if form.validate_on_submit():
        with form.catching(Conflict):
            signing.dispute(actor, statement, reason=form.reason.data)
            flash(_("异议记下了，社区会答复。"))
            return _back(statement)
    return _page(statement, 422, dispute_form=form)


@routes.post(ONE + "/answers", may=Can.ANSWER_DISPUTE, of=Statement, back="statements.show")
def answer(actor: Actor, statement: Statement) -> ResponseReturnValue:
    form = AnswerForm()
    if form.validate_on_submit():
        with form.catching(Conflict):
            upheld = form.upheld.data == "yes"
            signing.answer_dispute(actor, statement, upheld=upheld, answer=form.answer.data)
            return _back(statement)
    return _page(statement, 422, answer_form=form)


@routes.post(ONE + "/corrections", may=Can.CORRECT, of=Statement, back="statements.show")
def correct(actor: Actor, statement: Statement) -> ResponseReturnValue:
    form = CorrectionForm()
    if form.validate_on_submit():
        with form.catching(Conflict):
            signing.correct_statement(
                actor,
                statement,
                title=form.title.data,
                pieces=form.pieces.data or 0,
                reason=form.why.data,
                once=form.once.data,
            )
            return _back(statement)
    return _page(statement, 422, correction_form=form)


@routes.post(ONE + "/settlement", may=Can.SETTLE_STATEMENT, of=Statement, back="statements.show")
def settle(actor: Actor, statement: Statement) -> ResponseReturnValue:
    signing.settle_statement(actor, statement)
    flash(_("两方都签了，这个月结清了。"))
    return _back(statement)


def _month(actor: Actor, asked: str) -> date:
    """The month of an address or a form, of those that are over; the last one unless it says another."""
    over = months(actor.today)
    return next((month for month in over if f"{month:%Y-%m}" == asked), over[0])


def _name(statement: Statement) -> str:
    return f"statement-{statement.month:%Y-%m}-{statement.merchant_id}"


def _back(statement: Statement) -> ResponseReturnValue:
    return go("statements.show", merchant_statement_id=statement.id)


def _told(statement: Statement) -> dict[str, Any]:
    return {
        "statement": statement,
        "shop": db.session.get_one(PartnerMerchant, statement.merchant_id),
        "sums": queries.sums_of(statement),
        "corrections": queries.corrections_of(statement),
        "signers": queries.signers_of(statement),
        "payer": queries.payer_of(statement),
    }


def _page(statement: Statement, status: int = 200, **forms: Any) -> ResponseReturnValue:
    own = {
        "paper_form": PaperForm,
        "dispute_form": DisputeForm,
        "answer_form": AnswerForm,
        "correction_form": CorrectionForm,
    }
    return page(
        "partners/statement.html",
        status,
        block="statement",
        disputes=queries.disputes_of(statement),
        **_told(statement),
        **{name: forms.get(name) or form() for name, form in own.items()},
    )
