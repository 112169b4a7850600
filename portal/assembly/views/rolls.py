"""The roll: what it would be, what hangs out, its file, and the steps that make it stand."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import access
from ...core.actor import Actor
from ...core.errors import NotVisible
from ...core.exports import JSON, attachment, listed
from ...core.files import keep_photos
from ...core.numbers import row_number
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.rolls import amend_roll, freeze_roll, post_roll, state_unknown
from ..forms.convening import RollAmendmentForm, UnknownOwnersForm, WallForm
from ..listings import roll_of
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries import rolls
from ..queries.unread import rows_not_taken
from ..roll.drawing import Flawed, Part, drawn_up
from ..roll.ownerless import stated, unstated
from ..roll.versions import text_of, versions
from ..seen import stamp

routes = Routes("owners_rolls")
ROLL = "/owners-votes/<int:owners_vote_id>/roll"
UNITS_SHOWN = 200


@routes.get(ROLL, may=Can.SEE_ROLL, of=OwnersVote)
def index(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    """The roll as it hangs out; of a draft what it would be today."""
    if not vote.roll_version:
        return _draft(actor, vote)
    keeps = bool(access.may(actor, Can.ORGANISE, vote))
    if keeps and request.args.get("format") in ("csv", "xlsx"):
        return listed(roll_of(vote), actor, request.args, "assembly/rolls/index.html")
    building = request.args.get("building", "")[:60].replace("\0", "")
    after = row_number(request.args.get("after")) or 0
    lines = rolls.heads(actor, vote, building, after)
    return page(
        "assembly/rolls/index.html",
        vote=vote,
        keeps=keeps,
        building=building,
        after=after,
        lines=lines[: rolls.A_PAGE],
        more=len(lines) > rolls.A_PAGE,
        buildings=rolls.buildings(vote),
        uses=rolls.uses(vote),
        mine=rolls.own_heads(actor, vote),
        unknown=stated(vote),
        versions=versions(vote) if vote.roll_version > 1 else [],
    )


@routes.get(f"{ROLL}.json", may=Can.SEE_ROLL, of=OwnersVote)
def download(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    """The roll file whose SHA-256 was printed on the posting; with `version` that of an earlier one."""
    version = row_number(request.args.get("version")) or vote.roll_version
    text = text_of(vote, version)
    if text is None:
        raise NotVisible()
    return attachment(text, JSON, f"owners-roll-{vote.number}-{version}.json")


@routes.get(f"{ROLL}/posting", may=Can.POST_ROLL, of=OwnersVote)
def ask_posting(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    return _posting(actor, vote, WallForm())


@routes.post(f"{ROLL}/posting", may=Can.POST_ROLL, of=OwnersVote)
def posting(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = WallForm()
    if form.validate_on_submit():
        with form.catching():
            photos = keep_photos(request.files.getlist("photos"), _("名册公示"))
            post_roll(actor, vote, where=form.where.data, photos=photos)
            flash(_("名册公示出来了，一共 %(n)d 位业主。", n=vote.heads))
            return go("vote_steps.checklist", owners_vote_id=vote.id)
    return _posting(actor, vote, form, 422)


@routes.get(f"{ROLL}/amendment", may=Can.AMEND_ROLL, of=OwnersVote)
def ask_amendment(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    return _amending(vote, RollAmendmentForm(seen=stamp(vote)))


@routes.post(f"{ROLL}/amendment", may=Can.AMEND_ROLL, of=OwnersVote)
def amendment(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = RollAmendmentForm()
    if form.validate_on_submit():
        with form.catching():
            photos = keep_photos(request.files.getlist("photos"), _("名册公示"))
            amend_roll(
                actor,
                vote,
                reason=form.reason.data,
                where=form.where.data,
                photos=photos,
                seen=form.seen.data or "",
            )
            flash(_("第 %(n)d 版名册公示出来了，公示期从今天重新算。", n=vote.roll_version))
            return go("vote_steps.checklist", owners_vote_id=vote.id)
    return _amending(vote, form, 422)


@routes.get(f"{ROLL}/unknown", may=Can.AMEND, of=OwnersVote)
def ask_unknown(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    waiting = _unstated(vote)
    return _unknown(vote, waiting, UnknownOwnersForm(_named(waiting)))


@routes.post(f"{ROLL}/unknown", may=Can.AMEND, of=OwnersVote)
def unknown(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    waiting = _unstated(vote)
    form = UnknownOwnersForm(_named(waiting))
    if form.validate_on_submit():
        with form.catching():
            picked = [p.id for p in waiting] if form.all.data else form.units.data or []
            n = state_unknown(actor, vote, unit_ids=picked, reason=form.reason.data)
            flash(_("%(n)d 套写明了业主不明，名册封面上会印出来。", n=n))
            return go(
                "owners_rolls.ask_unknown" if len(waiting) > n else "vote_steps.checklist",
                owners_vote_id=vote.id,
            )
    return _unknown(vote, waiting, form, 422)


@routes.post(f"{ROLL}/freeze", may=Can.FREEZE, of=OwnersVote, back="vote_steps.checklist")
def freeze(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    freeze_roll(actor, vote)
    flash(_("名册定下来了。下一步发公告。"))
    return go("vote_steps.checklist", owners_vote_id=vote.id)


def _draft(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    drawn = drawn_up(vote)
    waiting = [] if isinstance(drawn, Flawed) else unstated(vote, drawn)
    return page(
        "assembly/rolls/draft.html",
        vote=vote,
        drawn=drawn,
        unstated=waiting,
        would_be=rolls.would_be,
        left=rows_not_taken(actor, vote),
    )


def _unstated(vote: OwnersVote) -> list[Part]:
    drawn = drawn_up(vote)
    return [] if isinstance(drawn, Flawed) else unstated(vote, drawn)


def _named(units: list[Part]) -> list[tuple[int, str]]:
    return [(part.id, part.label) for part in units[:UNITS_SHOWN]]


def _unknown(
    vote: OwnersVote, waiting: list[Part], form: UnknownOwnersForm, status: int = 200
) -> ResponseReturnValue:
    return page(
        "assembly/rolls/unknown.html",
        status,
        block="unknown_form",
        vote=vote,
        form=form,
        waiting=waiting[:UNITS_SHOWN],
        total=len(waiting),
    )


def _posting(actor: Actor, vote: OwnersVote, form: WallForm, status: int = 200) -> ResponseReturnValue:
    """A roll that cannot hang out yet has no form; what was typed into one that could comes back."""
    drawn = drawn_up(vote) if status == 200 else None
    return page(
        "assembly/rolls/posting.html",
        status,
        block="wall_form",
        vote=vote,
        form=form,
        blocked=drawn is not None and (isinstance(drawn, Flawed) or bool(unstated(vote, drawn))),
        left=rows_not_taken(actor, vote),
    )


def _amending(vote: OwnersVote, form: RollAmendmentForm, status: int = 200) -> ResponseReturnValue:
    return page("assembly/rolls/amendment.html", status, block="wall_form", vote=vote, form=form)
