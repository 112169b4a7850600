"""The list of owners' votes, and preparing one: what is wanted, whose vote it is, by which rules, when."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import NotVisible
from ...core.exports import listed
from ...core.files import Kept, keep_paper
from ...core.finding import visible
from ...core.numbers import row_number
from ...core.pages import go, page
from ...core.routing import PUBLIC, Routes
from ...core.text import _
from ...councils.models import Topic
from ...places.models import Place
from ...places.queries.tree import place_of_post
from .. import enclosures, everyday
from .. import scopes as scopes_of_vote
from ..actions.drafting import amend_vote, draft_vote
from ..forms.convening import VoteForm
from ..jurisdictions import NATIONAL, pack
from ..listings import OWNERS_VOTES
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries.convening import CONVENERS, ScopeChoice, last_of, plan_page, scopes
from ..terms import earliest
from ..wishes import COMMITTEE, KINDS, UNANIMITY, WISHES, Wish
from ..words import Convener, Silence, VoteState

routes = Routes("convening")
LONGEST_SAID = 60
RULES = (
    "convener_name",
    "jurisdiction",
    "official_evote",
    "official_where",
    "roll_days",
    "notice_days",
    "objection_days",
    "proxy_cap",
    "max_extensions",
    "count_parking",
    "last_counts",
    "invalid_participates",
    "conflict_invalid",
    "rules_clause",
)


@routes.get("/owners-votes", may=PUBLIC)
def index(actor: Actor) -> ResponseReturnValue:
    calls = any(role in CONVENERS for role, _path in actor.grants)
    return listed(OWNERS_VOTES, actor, request.args, "assembly/convening/index.html", calls=calls)


def post_of(actor: Actor) -> Place | None:
    """Where the actor would call owners together: the place that was asked for, else where his post is."""
    number = row_number(request.values.get("place"))
    return visible(actor, Place, number) if number else place_of_post(actor, CONVENERS)


@routes.get("/owners-votes/new", may=Can.DRAFT, of=post_of)
def new(actor: Actor, place: Place) -> ResponseReturnValue:
    """First what is wanted, in everyday words; then the vote."""
    wish, topic = WISHES.get(request.args.get("wish", "")), _topic(actor)
    if wish is None:
        return choosing(topic=topic, vote=None)
    if wish.item == UNANIMITY:
        return page("assembly/matters/unanimity.html", vote=None, wish=wish)
    offered = _offered(actor, wish)
    form = VoteForm(_choices(offered), data=_start(actor, place, offered, topic), wish=wish.key, said=said())
    return _drafting(form, topic)


@routes.post("/owners-votes/new", may=Can.DRAFT, of=post_of)
def create(actor: Actor, place: Place) -> ResponseReturnValue:
    offered = _offered(actor, WISHES.get(request.form.get("wish", "")))
    topic, form = _topic(actor), VoteForm(_choices(offered))
    settled = form.validate_on_submit()
    if not _moved(form, offered) and settled:
        with form.catching():
            vote = draft_vote(
                actor,
                _scope(actor, form),
                terms=form.terms,
                once=form.once.data,
                topic_id=topic.id if topic else None,
                parts=form.named_parts.data,
                proof=_proof(),
            )
            return go(
                "vote_matters.new", owners_vote_id=vote.id, wish=form.wish.data or None, said=said() or None
            )
    return _drafting(form, topic, 422)


@routes.get("/owners-votes/<int:owners_vote_id>/edit", may=Can.AMEND, of=plan_page)
def edit(actor: Actor, vote: Any) -> ResponseReturnValue:
    offered = _scopes_of(actor, vote)
    here = next((choice.id for choice in offered if choice.path == vote.place_path), None)
    form = VoteForm(_choices(offered), obj=vote, data={"place": here})
    form.named_parts.data = scopes_of_vote.typed(vote.parts)
    form.convener.data, form.silence.data = vote.convener.value, vote.silence.value
    return _editing(vote, form)


@routes.post("/owners-votes/<int:owners_vote_id>/edit", may=Can.AMEND, of=OwnersVote)
def update(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = VoteForm(_choices(_scopes_of(actor, vote)))
    if form.validate_on_submit():
        with form.catching():
            amend_vote(
                actor,
                vote,
                terms=form.terms,
                place=_scope(actor, form),
                parts=form.named_parts.data,
                proof=_proof(),
                taken_out=[n for n in map(row_number, request.form.getlist("remove_proof")) if n],
            )
            flash(_("改好了。"))
            return go("vote_steps.checklist", owners_vote_id=vote.id)
    return _editing(plan_page(actor, vote.id), form, 422)


def said() -> str:
    """What is to be done in the convener's own words, as he typed it on the first page; "" where he chose from the
    list."""
    return " ".join(request.values.get("said", "").replace("\0", "").split())[:LONGEST_SAID]


def choosing(**around: Any) -> ResponseReturnValue:
    """The first page: the wish, found by the convener's own words or in the list."""
    return page(
        "assembly/convening/wish.html", kinds=KINDS, said=said(), likely=everyday.likely(said()), **around
    )


def _proof() -> list[Kept]:
    """What came with the form to show why these owners decide, on disk. Raises Invalid with the field."""
    uploads = request.files.getlist("proof")[: enclosures.MOST + 1]
    return [paper for paper in (keep_paper(upload, "proof") for upload in uploads) if paper is not None]


def _drafting(form: VoteForm, topic: Topic | None, status: int = 200) -> ResponseReturnValue:
    return page(
        "assembly/convening/new.html",
        status,
        block="vote_form",
        form=form,
        topic=topic,
        wish=WISHES.get(form.wish.data or ""),
        rules=pack(form.jurisdiction.data or NATIONAL),
    )


def _editing(vote: Any, form: VoteForm, status: int = 200) -> ResponseReturnValue:
    rules = pack(form.jurisdiction.data or NATIONAL)
    return page("assembly/convening/edit.html", status, block="vote_form", vote=vote, form=form, rules=rules)


def _offered(actor: Actor, wish: Wish | None) -> list[ScopeChoice]:
    """The places whose owners may decide on a wish: of elections whole estates alone."""
    every = scopes(actor)
    if wish is None or wish.item != COMMITTEE:
        return every
    return [choice for choice in every if choice.id == choice.estate]


def _choices(offered: list[ScopeChoice]) -> list[tuple[int, str]]:
    return [(choice.id, choice.words) for choice in offered]


def _scopes_of(actor: Actor, vote: Any) -> list[ScopeChoice]:
    """The places a vote may be moved to: of its estate while it is a draft, later none but its own."""
    offered = scopes(actor)
    if vote.state is not VoteState.DRAFT:
        return [choice for choice in offered if choice.path == vote.place_path]
    return [choice for choice in offered if choice.estate == vote.estate_id]


def _scope(actor: Actor, form: VoteForm) -> Place:
    """Raises NotVisible: a place of the form's own choices is always there."""
    found = visible(actor, Place, form.place.data)
    if found is None:
        raise NotVisible()
    return found  # type: ignore[no-any-return]


def _topic(actor: Actor) -> Topic | None:
    number = row_number(request.values.get("topic"))
    return visible(actor, Topic, number) if number else None


def _start(actor: Actor, place: Place, offered: list[ScopeChoice], topic: Topic | None) -> dict[str, Any]:
    """What a new vote begins with: the rules of the estate's last one, the earliest days they allow."""
    nearest = _nearest(offered, topic.place_path if topic else place.place_path)
    settled = _settled(_estate(offered, nearest))
    dates = earliest(actor.now, settled["roll_days"], settled["notice_days"])
    return settled | {
        "place": nearest,
        "title": topic.title if topic else "",
        "topic": str(topic.id) if topic else "",
        "opens_at": dates.opens_at,
        "closes_at": dates.closes_at,
    }


def _moved(form: VoteForm, offered: list[ScopeChoice]) -> bool:
    """Whether the rules in the form are not those of the estate that was chosen; then they are filled in anew, for
    nobody would see that a notice names the owners' committee next door."""
    estate = _estate(offered, form.place.data)
    if estate is None or form.place.errors or form.filled_for.data == str(estate):
        return False
    form.refill(_settled(estate))
    form.place.errors = [_("换了小区：下面的署名和规则已经按那个小区重新填好，请核对一遍再提交。")]
    return True


def _estate(offered: list[ScopeChoice], place_id: int | None) -> int | None:
    """The estate of one of the places offered."""
    return next((choice.estate for choice in offered if choice.id == place_id), None)


def _settled(estate: int | None) -> dict[str, Any]:
    """The convener and the rules of the last vote of an estate; the usual ones where there was none."""
    last = last_of(estate) if estate else None
    settled = {name: getattr(last, name) for name in RULES} if last else _usual()
    return settled | {
        "convener": (last.convener if last else Convener.COMMITTEE).value,
        "silence": (last.silence if last else Silence.NOT_PARTICIPATING).value,
        "filled_for": estate,
    }


def _usual() -> dict[str, Any]:
    rules = pack(NATIONAL)
    return dict.fromkeys(RULES) | {
        "convener_name": "",
        "jurisdiction": rules.key,
        "roll_days": rules.roll_days,
        "notice_days": rules.notice_days,
        "objection_days": rules.objection_days,
    }


def _nearest(offered: list[ScopeChoice], path: str) -> int | None:
    """The place of a path, or the closest one above it whose owners can be called together; else the first."""
    above = [choice for choice in offered if path.startswith(choice.path)]
    if above:
        return max((len(choice.path), choice.id) for choice in above)[1]
    return offered[0].id if offered else None
