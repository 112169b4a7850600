"""Results of the authority's own system: a file is read and shown; only a second button takes it over."""

from collections import Counter
from pathlib import Path

from flask import Response, current_app, flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict, NotVisible
from ...core.exports import as_file
from ...core.listing import Column
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import N_, _
from ...places.kept import RosterStore
from ..actions.importing import take_official
from ..forms.official import OfficialForm, TakingForm
from ..models.votes import OwnersVote
from ..official import reading
from ..official.checking import WHY_WORD, Checked, Why, check
from ..official.ground import ground_of, imports_of
from ..policy import Can

routes = Routes("official_results")
OFFICIAL = "/owners-votes/<int:owners_vote_id>/official"
SHOWN = 200
"""Refused rows on a page; all of them are in the file of refused rows."""
REFUSED = (
    Column(N_("行"), lambda found: found[0]),
    Column(N_("为什么没有收"), lambda found: _(WHY_WORD[found[1]])),
)


def kept_files() -> RosterStore:
    """Where result files are kept as they came."""
    files = RosterStore(current_app.config["INSTANCE"])
    files.folder = Path(current_app.config["INSTANCE"]) / "official"
    return files


@routes.get(OFFICIAL, may=Can.IMPORT_OFFICIAL, of=OwnersVote)
def index(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    return _index(vote, OfficialForm(formdata=None))


@routes.post(OFFICIAL, may=Can.IMPORT_OFFICIAL, of=OwnersVote)
def create(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    """Read a file and keep it. Nothing of it is in the box afterwards."""
    form = OfficialForm()
    if form.validate_on_submit():
        data = form.file.data.read()
        with form.catching():
            reading.read(data)
            digest = kept_files().keep(data)
            return go("official_results.show", owners_vote_id=vote.id, digest=digest)
    return _index(vote, form, 422)


@routes.get(f"{OFFICIAL}/<digest>", may=Can.IMPORT_OFFICIAL, of=OwnersVote)
def show(actor: Actor, vote: OwnersVote, digest: str) -> ResponseReturnValue:
    checked = check(_rows(digest), ground_of(vote))
    kind = request.args.get("format", "")
    if kind in ("csv", "xlsx"):
        return _file(checked, kind)
    return _shown(vote, digest, checked)


@routes.post(
    f"{OFFICIAL}/<digest>/taking", may=Can.IMPORT_OFFICIAL, of=OwnersVote, back="official_results.show"
)
def take(actor: Actor, vote: OwnersVote, digest: str) -> ResponseReturnValue:
    rows, form = _rows(digest), TakingForm()
    taken = None
    try:
        if form.validate_on_submit():
            with form.catching():
                taken = take_official(actor, vote, digest=digest, rows=rows, stated=form.stated.data)
    except Conflict as refusal:
        return _shown(vote, digest, check(rows, ground_of(vote)), 409, str(refusal))
    if taken is None:
        return _shown(vote, digest, check(rows, ground_of(vote)), 422, form=form)
    flash(
        _("收下 %(ballots)s 张票，%(refused)s 行没有收。", ballots=taken.ballots, refused=len(taken.refused))
    )
    return go("official_results.index", owners_vote_id=vote.id)


def _rows(digest: str) -> list[reading.Row]:
    """Of a file that was kept. Raises NotVisible for any other address."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise NotVisible()
    return reading.read(kept_files().load(digest))


def _index(vote: OwnersVote, form: OfficialForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "assembly/official/index.html",
        status,
        block="official_form",
        vote=vote,
        form=form,
        imports=imports_of(vote),
        columns=reading.COLUMNS,
    )


def _shown(
    vote: OwnersVote,
    digest: str,
    checked: Checked,
    status: int = 200,
    conflict: str = "",
    form: TakingForm | None = None,
) -> ResponseReturnValue:
    reasons = Counter(why for _line, why in checked.refused)
    return page(
        "assembly/official/show.html",
        status,
        vote=vote,
        digest=digest,
        ballots=len(checked.ballots),
        rows=checked.rows,
        refused=len(checked.refused),
        shown=checked.refused[:SHOWN],
        reasons=[(_(WHY_WORD[why]), n) for why, n in reasons.most_common()],
        said=_said,
        conflict=conflict,
        form=form or TakingForm(formdata=None),
    )


def _said(why: Why) -> str:
    return _(WHY_WORD[why])


def _file(checked: Checked, kind: str) -> Response:
    return as_file("refused-rows", REFUSED, checked.refused, kind)
