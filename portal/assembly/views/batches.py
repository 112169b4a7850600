"""Reading papers in: a batch is begun, filled, handed over, read again."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...core import files
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid, NotVisible
from ...core.files import keep_papers
from ...core.numbers import row_number
from ...core.pages import Reply, go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.batching import (
    check_slip,
    enter_slip,
    hand_over_batch,
    remove_slip,
    start_batch,
    take_over_batch,
)
from ..actions.scanning import keep_scans
from ..actions.settling import report_missing
from ..ballotpaper import read_paper
from ..forms.batches import BatchForm, SlipForm
from ..models.papers import Batch
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries.batches import batch_page, batches_of
from ..queries.files import hanging_on
from ..queries.whose import signing, whose
from ..words import BatchState

routes = Routes("batches")
UNMARKED = "none"


@routes.get("/owners-votes/<int:owners_vote_id>/batches", may=Can.ORGANISE, of=OwnersVote)
def index(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    return _listed(actor, vote, BatchForm(data={"received_at": actor.now}))


@routes.post("/owners-votes/<int:owners_vote_id>/batches", may=Can.ENTER_PAPER, of=OwnersVote)
def create(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = BatchForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="received_at"):
            received = form.received_at.data or actor.now
            batch = start_batch(actor, vote, received_at=received, once=form.once.data)
            return go("batches.show", paper_batch_id=batch.id)
    return _listed(actor, vote, form, 422)


@routes.get("/batches/<int:paper_batch_id>", may=Can.SEE_BATCH, of=batch_page)
def show(actor: Actor, batch: Any) -> ResponseReturnValue:
    """With the number of a paper in the address: whose it is, what there is of theirs already, who may sign."""
    ticket = (request.args.get("ticket") or "").strip()[:60]
    return _shown(batch, SlipForm(formdata=MultiDict(), data={"ticket": ticket}))


@routes.post("/batches/<int:paper_batch_id>/slips", may=Can.FILL_BATCH, of=Batch, back="batches.show")
def enter(actor: Actor, batch: Batch) -> ResponseReturnValue:
    form = SlipForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="ticket"):
            enter_slip(
                actor,
                batch,
                ticket=form.ticket.data,
                choices=_read_off(),
                once=form.once.data,
                further=form.further.data,
                by_proxy=form.by_proxy.data,
                letter=form.letter.data or "",
                signer=form.signer,
                note=form.note.data,
            )
            return go("batches.show", paper_batch_id=batch.id)
    return _again(actor, batch, form)


@routes.post("/batches/<int:paper_batch_id>/removals", may=Can.FILL_BATCH, of=Batch, back="batches.show")
def remove(actor: Actor, batch: Batch) -> ResponseReturnValue:
    sent = request.form
    remove_slip(
        actor,
        batch,
        voter_id=row_number(sent.get("voter")) or 0,
        nth=row_number(sent.get("nth")) or 0,
    )
    return go("batches.show", paper_batch_id=batch.id)


@routes.post(
    "/batches/<int:paper_batch_id>/hand-over", may=Can.HAND_OVER_BATCH, of=Batch, back="batches.show"
)
def hand_over(actor: Actor, batch: Batch) -> ResponseReturnValue:
    hand_over_batch(actor, batch)
    flash(_("第一遍录完了，请另一个人再录一遍。"))
    return go("batches.show", paper_batch_id=batch.id)


@routes.post("/batches/<int:paper_batch_id>/checks", may=Can.CHECK_BATCH, of=Batch, back="batches.show")
def check(actor: Actor, batch: Batch) -> ResponseReturnValue:
    form = SlipForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="ticket"):
            check_slip(
                actor,
                batch,
                ticket=form.ticket.data,
                choices=_read_off(),
                by_proxy=form.by_proxy.data,
                letter=form.letter.data or "",
                signer=form.signer,
            )
            if batch.state is BatchState.AGREED:
                flash(_("录完了，这一批已经进票箱。"))
            return go("batches.show", paper_batch_id=batch.id)
    return _again(actor, batch, form)


@routes.post("/batches/<int:paper_batch_id>/missing", may=Can.CHECK_BATCH, of=Batch, back="batches.show")
def missing(actor: Actor, batch: Batch) -> ResponseReturnValue:
    sent = request.form
    voter, nth = row_number(sent.get("voter")) or 0, row_number(sent.get("nth")) or 0
    report_missing(actor, batch, voter_id=voter, nth=nth)
    flash(
        _("录完了，这一批已经进票箱。")
        if batch.state is BatchState.AGREED
        else _("记下了。第一遍录过、箱里没有的票，第三个人也没有找到才删掉。")
    )
    return go("batches.show", paper_batch_id=batch.id)


@routes.post("/batches/<int:paper_batch_id>/turn", may=Can.CHECK_BATCH, of=Batch, back="batches.show")
def take_over(actor: Actor, batch: Batch) -> ResponseReturnValue:
    take_over_batch(actor, batch)
    return go("batches.show", paper_batch_id=batch.id)


@routes.post("/batches/<int:paper_batch_id>/scans", may=Can.SCAN_BATCH, of=Batch, back="batches.show")
def scan(actor: Actor, batch: Batch) -> ResponseReturnValue:
    sent = request.form
    voter, nth = row_number(sent.get("voter")), row_number(sent.get("nth")) or 0
    try:
        alt = _("第 %(n)s 批纸质票的扫描件", n=batch.number)
        scans = keep_papers(request.files.getlist("scans"), alt, "scans")
        flash(_("存了 %(n)d 份。", n=keep_scans(actor, batch, scans=scans, voter_id=voter, nth=nth)))
    except Invalid as refusal:
        flash(str(refusal), "error")
    return go("batches.show", paper_batch_id=batch.id, anchor="scans")


@routes.get(
    "/owners-votes/<int:owners_vote_id>/batches/<int:paper_batch_id>/files/<int:file_id>/<size>",
    may=Can.SEE_BALLOTS,
    of=OwnersVote,
)
def scanned(
    actor: Actor, vote: OwnersVote, paper_batch_id: int, file_id: int, size: str
) -> ResponseReturnValue:
    return files.send(hanging_on(vote, Batch, paper_batch_id), file_id, size)


def _read_off() -> tuple[str, ...]:
    """The marks of the form: 没有填 is a choice of its own, so that a line passed over is not taken for it."""
    said = read_paper(request.form).choices
    return tuple("" if word == UNMARKED else word or "?" for word in said)


def _listed(actor: Actor, vote: OwnersVote, form: BatchForm, status: int = 200) -> Reply:
    block = "batch_form" if status >= 400 else None
    batches = batches_of(actor, vote.id)
    return page("assembly/batches/index.html", status, block=block, vote=vote, batches=batches, form=form)


def _again(actor: Actor, batch: Batch, form: SlipForm) -> Reply:
    """The paper comes back with what was typed and marked."""
    db.session.expire(batch)
    found = batch_page(actor, batch.id)
    if found is None:
        raise NotVisible()
    return _shown(found, form, 422)


def _shown(batch: Any, form: SlipForm, status: int = 200) -> Reply:
    reads = batch.turn in ("fill", "check") and form.ticket.data
    known = whose(batch, form.ticket.data) if reads else None
    form.signed.choices = signing(known)
    return page(
        "assembly/batches/show.html",
        status,
        block="batch" if status >= 400 else None,
        batch=batch,
        vote=batch.vote,
        form=form,
        whose=known,
        sent=read_paper(request.form) if status >= 400 else None,
    )
