"""Letters of authority: handed in by an owner or at the desk, checked, taken back, and the agent's paper."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import files
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.exports import listed
from ...core.files import keep_photos
from ...core.pages import Reply, go, page
from ...core.routing import Routes
from ...core.text import _
from .. import marks
from ..actions.authorising import review_proxy, submit_proxy
from ..actions.casting import vote_by_proxy
from ..actions.revoking import ask_to_stop, keep_proxy, review_stop, revoke_proxy
from ..ballotpaper import read_paper
from ..forms.proxies import ProxyForm, ReviewForm, StopForm
from ..models.papers import Proxy
from ..models.rolls import Voter
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries.elections import asked_of
from ..queries.proxies import letters, proxy_page
from ..queries.voters import paper_page
from ..situation import within
from ..words import VoteState

routes = Routes("proxies")


@routes.get("/owners-votes/<int:owners_vote_id>/proxies", may=Can.ORGANISE, of=OwnersVote)
def index(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    return listed(letters(vote.id), actor, request.args, "assembly/proxies/index.html", vote=vote)


@routes.get("/voters/<int:voter_id>/proxies", may=Can.SEE_VOTER, of=paper_page)
def new(actor: Actor, paper: Any) -> ResponseReturnValue:
    return _asked(paper, _form(paper))


@routes.post("/voters/<int:voter_id>/proxies", may=Can.GIVE_PROXY, of=paper_page)
def create(actor: Actor, paper: Any) -> ResponseReturnValue:
    form = _form(paper)
    if form.validate_on_submit():
        with form.catching(Conflict, on="matters"):
            letter = keep_photos(form.letter.data or (), _("委托书"), "letter")
            proxy = submit_proxy(
                actor,
                _voter(paper),
                agent_name=form.agent_name.data,
                phone=form.phone.data,
                matters=form.matters.data or (),
                letter=letter,
                declared=form.declared.data,
                once=form.once.data,
            )
            flash(_handed_in(proxy))
            return go("proxies.show", proxy_id=proxy.id)
    return _asked(paper, form, 422, "proxy_form")


@routes.get("/proxies/<int:proxy_id>", may=Can.SEE_PROXY, of=proxy_page)
def show(actor: Actor, proxy: Any) -> ResponseReturnValue:
    return _shown(proxy)


@routes.get("/proxies/<int:proxy_id>/change", may=Can.VOTE_BY_PROXY, of=proxy_page)
def change(actor: Actor, proxy: Any) -> ResponseReturnValue:
    if proxy.own is None:
        return go("proxies.show", proxy_id=proxy.id)
    return _shown(proxy, step="change")


@routes.get("/proxies/<int:proxy_id>/files/<int:file_id>/<size>", may=Can.SEE_PROXY, of=Proxy)
def file(actor: Actor, proxy: Proxy, file_id: int, size: str) -> ResponseReturnValue:
    return files.send(proxy, file_id, size)


@routes.post("/proxies/<int:proxy_id>/acceptance", may=Can.REVIEW_PROXY, of=Proxy, back="proxies.show")
def accept(actor: Actor, proxy: Proxy) -> ResponseReturnValue:
    return _reviewed(actor, proxy, accepted=True)


@routes.post("/proxies/<int:proxy_id>/refusal", may=Can.REVIEW_PROXY, of=Proxy, back="proxies.show")
def refuse(actor: Actor, proxy: Proxy) -> ResponseReturnValue:
    return _reviewed(actor, proxy, accepted=False)


@routes.post("/proxies/<int:proxy_id>/revocation", may=Can.REVOKE_PROXY, of=Proxy, back="proxies.show")
def revoke(actor: Actor, proxy: Proxy) -> ResponseReturnValue:
    revoke_proxy(actor, proxy)
    flash(_("委托已经收回。"))
    return go("proxies.show", proxy_id=proxy.id)


@routes.post("/proxies/<int:proxy_id>/stop", may=Can.ASK_STOP, of=Proxy, back="proxies.show")
def stop(actor: Actor, proxy: Proxy) -> ResponseReturnValue:
    form = StopForm()
    if form.validate_on_submit():
        with form.catching():
            ask_to_stop(actor, proxy, reason=form.reason.data or "")
            flash(_("记下了，委托人和代理人看得到。另一位召集人核对以后才收回。"))
            return go("proxies.show", proxy_id=proxy.id)
    return _shown(proxy_page(actor, proxy.id), 422, block="stop_form", stopping=form)


@routes.post("/proxies/<int:proxy_id>/stop-review", may=Can.REVIEW_STOP, of=Proxy, back="proxies.show")
def settle_stop(actor: Actor, proxy: Proxy) -> ResponseReturnValue:
    accepted = request.form.get("accepted") == "yes"
    review_stop(actor, proxy, accepted=accepted)
    flash(_("委托已经收回。") if accepted else _("委托照旧有效。"))
    return go("proxies.show", proxy_id=proxy.id)


@routes.post("/proxies/<int:proxy_id>/keeping", may=Can.KEEP_PROXY, of=Proxy, back="proxies.show")
def keep(actor: Actor, proxy: Proxy) -> ResponseReturnValue:
    keep_proxy(actor, proxy)
    flash(_("委托照旧有效。"))
    return go("proxies.show", proxy_id=proxy.id)


@routes.post("/proxies/<int:proxy_id>/review", may=Can.VOTE_BY_PROXY, of=proxy_page, back="proxies.show")
def review(actor: Actor, proxy: Any) -> ResponseReturnValue:
    sent = read_paper(request.form)
    try:
        marks.spoken(sent.choices, asked_of(proxy.vote), proxy.asked)
    except Invalid as refusal:
        return _mend(proxy, refusal)
    return _shown(proxy, step="review", sent=sent)


@routes.post("/proxies/<int:proxy_id>/ballot", may=Can.VOTE_BY_PROXY, of=Proxy, back="proxies.show")
def cast(actor: Actor, proxy: Proxy) -> ResponseReturnValue:
    sent = read_paper(request.form)
    vote_by_proxy(actor, proxy, choices=sent.choices, once=sent.once, seen=sent.seen)
    flash(_("代投的票已经投出。"))
    return go("proxies.show", proxy_id=proxy.id)


def _reviewed(actor: Actor, proxy: Proxy, *, accepted: bool) -> ResponseReturnValue:
    form = ReviewForm()
    if form.validate_on_submit():
        with form.catching():
            review_proxy(actor, proxy, accepted=accepted, reason=form.reason.data)
            flash(_("委托书已经核对。"))
            return go("proxies.show", proxy_id=proxy.id)
    shown = proxy_page(actor, proxy.id)
    return _shown(shown, 422, block="review_form", form=form)


def _asked(paper: Any, form: ProxyForm, status: int = 200, block: str | None = None) -> Reply:
    return page("assembly/proxies/new.html", status, block=block, paper=paper, form=form)


def _handed_in(proxy: Proxy) -> str:
    """Whether a number has an account is told nobody who types it."""
    if proxy.agent_phone:
        return _("委托书已经交上。核对以后，代理人有账号的用手机就能投，没有账号的投纸质票。")
    return _("委托书已经交上。没有写手机号，代理人只能投纸质票。")


def _form(paper: Any) -> ProxyForm:
    return ProxyForm([(m.position, m.question) for m in paper.vote.matters])


def _voter(paper: Any) -> Voter:
    return db.session.get_one(Voter, paper.id)


def _mend(proxy: Any, refusal: Invalid) -> ResponseReturnValue:
    sent = read_paper(request.form)
    step = "choose" if sent.seen is None or proxy.own is None else "change"
    return _shown(proxy, 422, block="ballot", step=step, sent=sent, refusal=refusal)


def _shown(proxy: Any, status: int = 200, block: str | None = None, **values: Any) -> Reply:
    given: dict[str, Any] = {"step": "choose", "sent": None, "refusal": None, "form": ReviewForm(), **values}
    given.setdefault("stopping", StopForm(formdata=None))
    vote = proxy.vote
    taken = within(vote, (VoteState.OPEN,)) and not vote.official_evote
    return page(
        "assembly/proxies/show.html", status, block=block, proxy=proxy, vote=vote, taken=taken, **given
    )
